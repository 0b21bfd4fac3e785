/* A fake V4L2 camera, for machines and containers that have none.
 *
 * Preloaded (LD_PRELOAD) under a program, it adds one device /dev/video0 that serves JPEG files as MJPEG,
 * so that the program's real path - nokhwa, the v4l crate, its ioctls, its memory maps - runs unchanged.
 * Nothing is needed in /dev, and no rights. Build: cc -shared -fPIC -O2 -o fakecam.so fakecam.c -ldl -lpthread
 *
 *   FAKECAM_DIR     folder of .jpg files (.yuyv for raw frames), shown in the order of their names, for ever
 *   FAKECAM_FPS     frames a second (30)
 *   FAKECAM_SIZE    WIDTHxHEIGHT that is offered (else that of the first JPEG)
 *   FAKECAM_FOURCC  pixel format that is offered (MJPG)
 *   FAKECAM_CTL     control file, read again all the time; replace it by renaming, so that none is read half:
 *       ok           the camera works
 *       stall        it sends nothing more (poll blocks)
 *       unplug       it is gone: ENODEV, and what was open stays dead after it is plugged in again
 *       nodev        it was never there
 *       busy         another program streams from it
 *       truncate     frames break off in the middle, zeros behind
 *       stale        frames break off in the middle, what an older frame left in the buffer behind
 *       dir PATH     frames from another folder from now on (a line of its own, beside any of the above)
 *
 * It behaves like the kernel where a caller could notice: one opener owns the buffers, formats and buffers
 * cannot change while they are in use (EBUSY), the bytes of a buffer outlive a frame. It cannot be put under
 * a program that is linked statically. */
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/videodev2.h>
#include <poll.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#define DEVICE "/dev/video0"
#define NAME_FILE "/sys/class/video4linux/video0/name"
#define CARD "Fake Camera HD"
#define MOST_FRAMES 512
#define MOST_BUFFERS 8
#define MOST_OPEN 16
#define BUFFER_BYTES (4u << 20)

/* ---- the real functions ------------------------------------------------------------------------- */

static int (*real_openat)(int, const char *, int, ...);
static int (*real_close)(int);
static int (*real_poll)(struct pollfd *, nfds_t, int);
static int (*real_ioctl)(int, unsigned long, ...);
static long (*real_syscall)(long, ...);
static DIR *(*real_opendir)(const char *);
static struct dirent64 *(*real_readdir64)(DIR *);
static int (*real_closedir)(DIR *);

static void find_real(void) {
    if (real_closedir) return;
    real_openat = dlsym(RTLD_NEXT, "openat");
    real_close = dlsym(RTLD_NEXT, "close");
    real_poll = dlsym(RTLD_NEXT, "poll");
    real_ioctl = dlsym(RTLD_NEXT, "ioctl");
    real_syscall = dlsym(RTLD_NEXT, "syscall");
    real_opendir = dlsym(RTLD_NEXT, "opendir");
    real_readdir64 = dlsym(RTLD_NEXT, "readdir64");
    real_closedir = dlsym(RTLD_NEXT, "closedir");
}

/* ---- the control file --------------------------------------------------------------------------- */

enum fault { OK, STALL, UNPLUG, NODEV, BUSY, TRUNCATE, STALE };
static const char *fault_names[] = {"ok", "stall", "unplug", "nodev", "busy", "truncate", "stale"};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static enum fault fault;
static int plugged = 1;       /* counts up each time the camera is plugged in again */
static char frames_dir[4096]; /* what was loaded last */

static void load_frames(const char *dir);

/* Reads the control file; with the lock held. */
static enum fault look(void) {
    char text[8192];
    const char *path = getenv("FAKECAM_CTL");
    int fd = path ? real_openat(AT_FDCWD, path, O_RDONLY | O_CLOEXEC) : -1;
    if (fd < 0) return fault;
    ssize_t length = read(fd, text, sizeof text - 1);
    real_close(fd);
    if (length <= 0) return fault; /* being written: as before */
    text[length] = 0;
    enum fault before = fault;
    char *rest = NULL;
    for (char *line = strtok_r(text, "\n", &rest); line; line = strtok_r(NULL, "\n", &rest)) {
        if (!strncmp(line, "dir ", 4)) {
            load_frames(line + 4);
            continue;
        }
        for (size_t i = 0; i < sizeof fault_names / sizeof *fault_names; i++)
            if (!strcmp(line, fault_names[i])) fault = (enum fault)i;
    }
    if ((before == UNPLUG || before == NODEV) && fault != UNPLUG && fault != NODEV) plugged++;
    return fault;
}

/* ---- the frames --------------------------------------------------------------------------------- */

static unsigned char *frame_bytes[MOST_FRAMES];
static size_t frame_length[MOST_FRAMES];
static int frame_count, width = 1280, height = 720, fps = 30;
static __u32 fourcc = V4L2_PIX_FMT_MJPEG;

static int ends_with(const char *name, const char *end) {
    size_t a = strlen(name), b = strlen(end);
    return a >= b && !strcmp(name + a - b, end);
}

static void load_file(const char *path) {
    struct stat about;
    int fd = real_openat(AT_FDCWD, path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) return;
    if (!fstat(fd, &about) && about.st_size > 0 && about.st_size <= BUFFER_BYTES) {
        unsigned char *bytes = malloc((size_t)about.st_size);
        ssize_t length = bytes ? read(fd, bytes, (size_t)about.st_size) : -1;
        if (length == about.st_size) {
            frame_bytes[frame_count] = bytes;
            frame_length[frame_count++] = (size_t)length;
        } else {
            free(bytes);
        }
    }
    real_close(fd);
}

static void load_frames(const char *dir) {
    if (!strcmp(dir, frames_dir)) return;
    snprintf(frames_dir, sizeof frames_dir, "%s", dir);
    while (frame_count) free(frame_bytes[--frame_count]);
    struct dirent **names;
    int count = scandir(dir, &names, 0, alphasort);
    for (int i = 0; i < count; i++) {
        char path[8192];
        snprintf(path, sizeof path, "%s/%s", dir, names[i]->d_name);
        if (frame_count < MOST_FRAMES && (ends_with(path, ".jpg") || ends_with(path, ".yuyv"))) load_file(path);
        free(names[i]);
    }
    if (count >= 0) free(names);
}

/* The size that a JPEG says it has, from its frame header (SOF0..SOF2). */
static void size_of_jpeg(const unsigned char *jpeg, size_t length) {
    for (size_t at = 2; at + 9 < length && jpeg[at] == 0xff;) {
        if (jpeg[at + 1] >= 0xc0 && jpeg[at + 1] <= 0xc2) {
            height = jpeg[at + 5] << 8 | jpeg[at + 6];
            width = jpeg[at + 7] << 8 | jpeg[at + 8];
            return;
        }
        at += 2 + (size_t)(jpeg[at + 2] << 8 | jpeg[at + 3]);
    }
}

static void set_up(void) {
    static int done;
    if (done) return;
    done = 1;
    const char *text;
    if (!frame_count && (text = getenv("FAKECAM_DIR"))) load_frames(text);
    if ((text = getenv("FAKECAM_FPS")) && atoi(text) > 0) fps = atoi(text);
    if ((text = getenv("FAKECAM_FOURCC")) && strlen(text) == 4) fourcc = v4l2_fourcc(text[0], text[1], text[2], text[3]);
    if (frame_count) size_of_jpeg(frame_bytes[0], frame_length[0]);
    if ((text = getenv("FAKECAM_SIZE"))) sscanf(text, "%dx%d", &width, &height);
}

/* ---- the device --------------------------------------------------------------------------------- */

/* One opening. Its descriptor is a piece of anonymous memory: mmap of the buffers needs no help. */
static struct opening {
    int fd;
    int plugged; /* when it was opened; older ones stay dead */
    unsigned char *memory;
} openings[MOST_OPEN] = {[0 ... MOST_OPEN - 1] = {.fd = -1}};

/* The one stream that the device has. */
static struct {
    struct opening *owner;
    int buffers, streaming;
    int queue[MOST_BUFFERS], first, queued;
    unsigned sequence;
    double next_at;
} stream;

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static struct opening *opening_of(int fd) {
    if (fd < 0) return NULL;
    for (int i = 0; i < MOST_OPEN; i++)
        if (openings[i].fd == fd) return &openings[i];
    return NULL;
}

static int is_dead(const struct opening *opening, enum fault now_is) {
    return now_is == UNPLUG || now_is == NODEV || opening->plugged != plugged;
}

static int device_open(void) {
    pthread_mutex_lock(&lock);
    enum fault now_is = look();
    set_up();
    int fd = -1;
    struct opening *free_one = NULL;
    for (int i = 0; i < MOST_OPEN && !free_one; i++)
        if (openings[i].fd < 0) free_one = &openings[i];
    if (now_is == NODEV || now_is == UNPLUG) {
        errno = ENOENT;
    } else if (!free_one) {
        errno = EMFILE;
    } else if ((fd = memfd_create("fakecam", MFD_CLOEXEC)) >= 0) {
        size_t bytes = (size_t)MOST_BUFFERS * BUFFER_BYTES;
        void *memory = ftruncate(fd, (off_t)bytes) ? MAP_FAILED : mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
        if (memory == MAP_FAILED) {
            real_close(fd);
            fd = -1;
            errno = ENOMEM;
        } else {
            *free_one = (struct opening){.fd = fd, .plugged = plugged, .memory = memory};
        }
    }
    pthread_mutex_unlock(&lock);
    return fd;
}

static void stop_stream(void) {
    stream.streaming = stream.queued = stream.first = 0;
}

static void device_close(struct opening *opening) {
    pthread_mutex_lock(&lock);
    if (stream.owner == opening) {
        stop_stream();
        stream.owner = NULL;
        stream.buffers = 0;
    }
    munmap(opening->memory, (size_t)MOST_BUFFERS * BUFFER_BYTES);
    opening->fd = -1;
    pthread_mutex_unlock(&lock);
}

/* The next frame into the buffer that waits longest, with what the fault leaves of it. Its bytes. */
static size_t fill(unsigned char *buffer, enum fault now_is) {
    if (!frame_count) return 0;
    int which = (int)(stream.sequence % (unsigned)frame_count);
    size_t whole = frame_length[which];
    size_t sent = now_is == TRUNCATE || now_is == STALE ? whole / 2 : whole;
    memcpy(buffer, frame_bytes[which], sent);
    if (now_is == TRUNCATE) memset(buffer + sent, 0, BUFFER_BYTES - sent);
    return sent;
}

static int query_capabilities(struct v4l2_capability *it) {
    memset(it, 0, sizeof *it);
    strcpy((char *)it->driver, "uvcvideo");
    strcpy((char *)it->card, CARD);
    strcpy((char *)it->bus_info, "usb-0000:00:14.0-1");
    it->version = 0x060100;
    it->device_caps = V4L2_CAP_VIDEO_CAPTURE | V4L2_CAP_STREAMING | V4L2_CAP_EXT_PIX_FORMAT;
    it->capabilities = it->device_caps | V4L2_CAP_DEVICE_CAPS;
    return 0;
}

static int list_formats(struct v4l2_fmtdesc *it) {
    if (it->type != V4L2_BUF_TYPE_VIDEO_CAPTURE || it->index > 0) return -EINVAL;
    it->flags = fourcc == V4L2_PIX_FMT_MJPEG ? V4L2_FMT_FLAG_COMPRESSED : 0;
    strcpy((char *)it->description, "as the files are");
    it->pixelformat = fourcc;
    return 0;
}

static int list_sizes(struct v4l2_frmsizeenum *it) {
    if (it->pixel_format != fourcc || it->index > 0) return -EINVAL;
    it->type = V4L2_FRMSIZE_TYPE_DISCRETE;
    it->discrete.width = (__u32)width;
    it->discrete.height = (__u32)height;
    return 0;
}

static int list_intervals(struct v4l2_frmivalenum *it) {
    if (it->index > 0) return -EINVAL;
    it->type = V4L2_FRMIVAL_TYPE_DISCRETE;
    it->discrete.numerator = 1;
    it->discrete.denominator = (__u32)fps;
    return 0;
}

static int format(struct v4l2_format *it, int is_set) {
    if (it->type != V4L2_BUF_TYPE_VIDEO_CAPTURE) return -EINVAL;
    if (is_set && stream.buffers) return -EBUSY;
    memset(&it->fmt, 0, sizeof it->fmt);
    it->fmt.pix.width = (__u32)width;
    it->fmt.pix.height = (__u32)height;
    it->fmt.pix.pixelformat = fourcc;
    it->fmt.pix.field = V4L2_FIELD_NONE;
    it->fmt.pix.sizeimage = BUFFER_BYTES;
    it->fmt.pix.colorspace = V4L2_COLORSPACE_SRGB;
    return 0;
}

static int rate(struct v4l2_streamparm *it, int is_set) {
    if (is_set && stream.streaming) return -EBUSY;
    __u32 type = it->type;
    memset(it, 0, sizeof *it);
    it->type = type;
    it->parm.capture.capability = V4L2_CAP_TIMEPERFRAME;
    it->parm.capture.timeperframe = (struct v4l2_fract){1, (__u32)fps};
    return 0;
}

static int request_buffers(struct opening *opening, struct v4l2_requestbuffers *it, enum fault now_is) {
    if (it->memory != V4L2_MEMORY_MMAP) return -EINVAL;
    if (now_is == BUSY || stream.streaming || (stream.owner && stream.owner != opening)) return -EBUSY;
    if (it->count > MOST_BUFFERS) it->count = MOST_BUFFERS;
    stream.buffers = (int)it->count;
    stream.owner = it->count ? opening : NULL;
    stop_stream();
    it->capabilities = V4L2_BUF_CAP_SUPPORTS_MMAP;
    return 0;
}

static int buffer(struct v4l2_buffer *it, int is_queued) {
    if ((int)it->index >= stream.buffers) return -EINVAL;
    it->length = BUFFER_BYTES;
    it->m.offset = it->index * BUFFER_BYTES;
    if (!is_queued) return 0;
    for (int i = 0; i < stream.queued; i++)
        if (stream.queue[(stream.first + i) % MOST_BUFFERS] == (int)it->index) return -EINVAL;
    stream.queue[(stream.first + stream.queued++) % MOST_BUFFERS] = (int)it->index;
    it->flags = V4L2_BUF_FLAG_MAPPED | V4L2_BUF_FLAG_QUEUED;
    return 0;
}

static int dequeue(struct opening *opening, struct v4l2_buffer *it, enum fault now_is) {
    if (!stream.streaming) return -EINVAL;
    if (!stream.queued || now_is == STALL || now() < stream.next_at) return -EAGAIN;
    int index = stream.queue[stream.first];
    stream.first = (stream.first + 1) % MOST_BUFFERS;
    stream.queued--;
    stream.next_at += 1.0 / fps;
    if (stream.next_at < now()) stream.next_at = now(); /* a slow reader misses frames */
    size_t sent = fill(opening->memory + (size_t)index * BUFFER_BYTES, now_is);
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    it->index = (__u32)index;
    it->bytesused = (__u32)sent;
    it->length = BUFFER_BYTES;
    it->m.offset = it->index * BUFFER_BYTES;
    it->field = V4L2_FIELD_NONE;
    it->flags = V4L2_BUF_FLAG_MAPPED | V4L2_BUF_FLAG_TIMESTAMP_MONOTONIC;
    it->timestamp.tv_sec = t.tv_sec;
    it->timestamp.tv_usec = t.tv_nsec / 1000;
    it->sequence = stream.sequence++;
    return 0;
}

static int on(void) {
    stream.streaming = 1;
    stream.next_at = now();
    return 0;
}

static int off(void) {
    stop_stream();
    return 0;
}

static int answer(struct opening *opening, unsigned long request, void *argument) {
    enum fault now_is = look();
    if (is_dead(opening, now_is)) return -ENODEV;
    int owns = stream.owner == opening;
    switch (request) {
    case VIDIOC_QUERYCAP: return query_capabilities(argument);
    case VIDIOC_ENUM_FMT: return list_formats(argument);
    case VIDIOC_ENUM_FRAMESIZES: return list_sizes(argument);
    case VIDIOC_ENUM_FRAMEINTERVALS: return list_intervals(argument);
    case VIDIOC_G_FMT:
    case VIDIOC_TRY_FMT: return format(argument, 0);
    case VIDIOC_S_FMT: return format(argument, 1);
    case VIDIOC_G_PARM: return rate(argument, 0);
    case VIDIOC_S_PARM: return rate(argument, 1);
    case VIDIOC_REQBUFS: return request_buffers(opening, argument, now_is);
    case VIDIOC_QUERYBUF: return owns ? buffer(argument, 0) : -EINVAL;
    case VIDIOC_QBUF: return owns ? buffer(argument, 1) : -EINVAL;
    case VIDIOC_DQBUF: return owns ? dequeue(opening, argument, now_is) : -EINVAL;
    case VIDIOC_STREAMON: return owns ? on() : -EINVAL;
    case VIDIOC_STREAMOFF: return owns ? off() : 0;
    default: return -ENOTTY;
    }
}

static int device_ioctl(struct opening *opening, unsigned long request, void *argument) {
    pthread_mutex_lock(&lock);
    int result = answer(opening, (unsigned int)request, argument); /* some callers widen the sign */
    pthread_mutex_unlock(&lock);
    if (result >= 0) return result;
    errno = -result;
    return -1;
}

/* Blocks as a driver does: until there is a frame, the device is gone, or the time is over. */
static int device_poll(struct opening *opening, struct pollfd *it, int timeout_ms) {
    double end = timeout_ms < 0 ? 1e300 : now() + timeout_ms * 1e-3;
    for (;;) {
        pthread_mutex_lock(&lock);
        enum fault now_is = look();
        int gone = is_dead(opening, now_is) || !stream.streaming;
        int ready = !gone && now_is != STALL && stream.queued && now() >= stream.next_at;
        double wait = ready ? 0 : stream.next_at - now();
        pthread_mutex_unlock(&lock);
        it->revents = gone ? POLLERR | POLLHUP : ready ? POLLIN | POLLRDNORM : 0;
        if (it->revents) return 1;
        if (now() >= end) return 0;
        if (wait <= 0 || wait > 0.01) wait = 0.01;
        struct timespec t = {0, (long)(wait * 1e9)};
        nanosleep(&t, NULL);
    }
}

/* The file in which the kernel says what the device is called. */
static int name_file(void) {
    int fd = memfd_create("fakecam-name", MFD_CLOEXEC);
    if (fd >= 0 && write(fd, CARD "\n", sizeof CARD) > 0) lseek(fd, 0, SEEK_SET);
    return fd;
}

/* ---- what the program calls instead of libc ----------------------------------------------------- */

static int any_open(int dir, const char *path, int flags, mode_t mode) {
    find_real();
    if (path && !strcmp(path, DEVICE)) return device_open();
    if (path && !strcmp(path, NAME_FILE)) return name_file();
    return real_openat(dir, path, flags, mode);
}

#define MODE_ARGUMENT                                                                                                                      \
    mode_t mode = 0;                                                                                                                       \
    if (flags & (O_CREAT | __O_TMPFILE)) {                                                                                                 \
        va_list rest;                                                                                                                      \
        va_start(rest, flags);                                                                                                             \
        mode = va_arg(rest, mode_t);                                                                                                       \
        va_end(rest);                                                                                                                      \
    }

int open(const char *path, int flags, ...) {
    MODE_ARGUMENT
    return any_open(AT_FDCWD, path, flags, mode);
}

int open64(const char *path, int flags, ...) {
    MODE_ARGUMENT
    return any_open(AT_FDCWD, path, flags | O_LARGEFILE, mode);
}

int openat(int dir, const char *path, int flags, ...) {
    MODE_ARGUMENT
    return any_open(dir, path, flags, mode);
}

int openat64(int dir, const char *path, int flags, ...) {
    MODE_ARGUMENT
    return any_open(dir, path, flags | O_LARGEFILE, mode);
}

int close(int fd) {
    find_real();
    struct opening *opening = opening_of(fd);
    if (opening) device_close(opening);
    return real_close(fd);
}

int poll(struct pollfd *fds, nfds_t count, int timeout_ms) {
    find_real();
    struct opening *opening = count == 1 ? opening_of(fds->fd) : NULL;
    return opening ? device_poll(opening, fds, timeout_ms) : real_poll(fds, count, timeout_ms);
}

int ioctl(int fd, unsigned long request, ...) {
    find_real();
    va_list rest;
    va_start(rest, request);
    void *argument = va_arg(rest, void *);
    va_end(rest);
    struct opening *opening = opening_of(fd);
    return opening ? device_ioctl(opening, request, argument) : real_ioctl(fd, request, argument);
}

/* The v4l crate makes its ioctls through syscall(2). */
long syscall(long number, ...) {
    find_real();
    va_list rest;
    va_start(rest, number);
    long a = va_arg(rest, long), b = va_arg(rest, long), c = va_arg(rest, long);
    long d = va_arg(rest, long), e = va_arg(rest, long), f = va_arg(rest, long);
    va_end(rest);
    struct opening *opening = number == SYS_ioctl ? opening_of((int)a) : NULL;
    return opening ? device_ioctl(opening, (unsigned long)b, (void *)c) : real_syscall(number, a, b, c, d, e, f);
}

/* One more entry at the end of /dev. */
static DIR *dev;
static int dev_shown;

DIR *opendir(const char *path) {
    find_real();
    DIR *dir = real_opendir(path);
    if (dir && !strcmp(path, "/dev")) {
        dev = dir;
        dev_shown = 0;
    }
    return dir;
}

struct dirent64 *readdir64(DIR *dir) {
    find_real();
    struct dirent64 *entry = real_readdir64(dir);
    if (entry || dir != dev || dev_shown) return entry;
    pthread_mutex_lock(&lock);
    enum fault now_is = look();
    pthread_mutex_unlock(&lock);
    if (now_is == NODEV || now_is == UNPLUG) return NULL;
    static struct dirent64 video;
    video = (struct dirent64){.d_ino = 4242, .d_reclen = sizeof video, .d_type = DT_CHR};
    strcpy(video.d_name, strrchr(DEVICE, '/') + 1);
    dev_shown = 1;
    return &video;
}

int closedir(DIR *dir) {
    find_real();
    if (dir == dev) dev = NULL;
    return real_closedir(dir);
}
