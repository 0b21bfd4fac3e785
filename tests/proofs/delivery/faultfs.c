/*
 * A file system that fails on purpose, under one process (LD_PRELOAD), for the files below one folder.
 *
 *   FAULT_ROOT   the folder
 *   FAULT_KIND   kill: die just before an operation; torn: write half of it and die;
 *                enospc, eio, erofs: operations fail
 *   FAULT_AT     which operation, counted from 1; without it nothing fails
 *   FAULT_FOR    how many operations fail; without it all from FAULT_AT on
 *   FAULT_LOG    every operation is written down here, for cutting the power afterwards
 *   FAULT_CLOCK  seconds by which the wall clock is wrong
 *
 * Watched: creating, writing, truncating, syncing, renaming and removing. The shared memory of the log (-shm) is not:
 * it does not outlive a process. Nothing of this is in the product.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#define FDS 4096

static char *paths[FDS];
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static const char *root, *kind;
static long at, for_so_many, clock_s, counted;
static int log_fd = -1;

static long number(const char *name)
{
    const char *text = getenv(name);
    return text ? atol(text) : 0;
}

__attribute__((constructor)) static void begin(void)
{
    root = getenv("FAULT_ROOT");
    kind = getenv("FAULT_KIND");
    at = number("FAULT_AT");
    for_so_many = number("FAULT_FOR");
    clock_s = number("FAULT_CLOCK");
    const char *log = getenv("FAULT_LOG");
    if (log)
        log_fd = (int)syscall(SYS_openat, AT_FDCWD, log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
}

static int is_watched(const char *path)
{
    if (!root || !path || strncmp(path, root, strlen(root)) != 0)
        return 0;
    size_t length = strlen(path);
    return length < 4 || strcmp(path + length - 4, "-shm") != 0;
}

static const char *path_of(int fd)
{
    return fd >= 0 && fd < FDS ? paths[fd] : NULL;
}

static void remember(int fd, const char *path)
{
    if (fd < 0 || fd >= FDS)
        return;
    pthread_mutex_lock(&lock);
    free(paths[fd]);
    paths[fd] = path ? strdup(path) : NULL;
    pthread_mutex_unlock(&lock);
}

static void put(const void *bytes, size_t length)
{
    if (syscall(SYS_write, log_fd, bytes, length) != (ssize_t)length)
        abort();
}

/* kind of operation, path, offset, data: what the power cut replays */
static void note(char what, const char *path, uint64_t offset, const void *data, uint32_t length)
{
    if (log_fd < 0)
        return;
    uint32_t path_length = (uint32_t)strlen(path);
    put(&what, 1);
    put(&path_length, 4);
    put(path, path_length);
    put(&offset, 8);
    put(&length, 4);
    if (length)
        put(data, length);
}

/* 0: go on; else the errno to fail with. `half` does half of a write before dying. */
static int fate(void (*half)(void *), void *what)
{
    counted++;
    if (!kind || !at || counted < at)
        return 0;
    if (!strcmp(kind, "kill") || !strcmp(kind, "torn")) {
        if (half && !strcmp(kind, "torn"))
            half(what);
        kill(getpid(), SIGKILL);
        pause();
    }
    if (for_so_many && counted >= at + for_so_many)
        return 0;
    if (!strcmp(kind, "enospc"))
        return ENOSPC;
    return !strcmp(kind, "erofs") ? EROFS : EIO;
}

#define REAL(name) static __typeof__(&name) real; if (!real) real = (__typeof__(&name))dlsym(RTLD_NEXT, #name)

struct writing { int fd; const void *data; size_t length; off_t offset; };

static void half_write(void *what)
{
    struct writing *w = what;
    const char *path = path_of(w->fd);
    size_t half = w->length / 2;
    note('W', path, (uint64_t)w->offset, w->data, (uint32_t)half);
    if (syscall(SYS_pwrite64, w->fd, w->data, half, w->offset) < 0)
        _exit(99);
}

static ssize_t watched_write(int fd, const void *data, size_t length, off_t offset, int moves)
{
    struct writing w = { fd, data, length, offset };
    pthread_mutex_lock(&lock);
    int error = fate(half_write, &w);
    ssize_t done = -1;
    if (error) {
        errno = error;
    } else {
        note('W', paths[fd], (uint64_t)offset, data, (uint32_t)length);
        done = syscall(SYS_pwrite64, fd, data, length, offset);
        if (done >= 0 && moves)
            lseek(fd, offset + done, SEEK_SET);
    }
    pthread_mutex_unlock(&lock);
    return done;
}

ssize_t write(int fd, const void *data, size_t length)
{
    REAL(write);
    if (!path_of(fd))
        return real(fd, data, length);
    return watched_write(fd, data, length, lseek(fd, 0, SEEK_CUR), 1);
}

ssize_t pwrite64(int fd, const void *data, size_t length, off64_t offset)
{
    REAL(pwrite64);
    return path_of(fd) ? watched_write(fd, data, length, offset, 0) : real(fd, data, length, offset);
}

ssize_t pwrite(int fd, const void *data, size_t length, off_t offset)
{
    return pwrite64(fd, data, length, offset);
}

#define WATCHED(path, what, offset, data, length, real_call)                 \
    pthread_mutex_lock(&lock);                                              \
    int error = fate(NULL, NULL), done = -1;                                \
    if (error) {                                                            \
        errno = error;                                                      \
    } else {                                                                \
        note(what, path, offset, data, length);                             \
        done = real_call;                                                   \
    }                                                                       \
    pthread_mutex_unlock(&lock);                                            \
    return done

int fsync(int fd)
{
    REAL(fsync);
    if (!path_of(fd))
        return real(fd);
    WATCHED(paths[fd], 'S', 0, NULL, 0, 0);
}

int fdatasync(int fd)
{
    REAL(fdatasync);
    if (!path_of(fd))
        return real(fd);
    WATCHED(paths[fd], 'S', 0, NULL, 0, 0);
}

int ftruncate64(int fd, off64_t length)
{
    REAL(ftruncate64);
    if (!path_of(fd))
        return real(fd, length);
    WATCHED(paths[fd], 'T', (uint64_t)length, NULL, 0, real(fd, length));
}

int ftruncate(int fd, off_t length)
{
    return ftruncate64(fd, length);
}

int unlink(const char *path)
{
    REAL(unlink);
    if (!is_watched(path))
        return real(path);
    WATCHED(path, 'U', 0, NULL, 0, real(path));
}

int rename(const char *from, const char *to)
{
    REAL(rename);
    if (!is_watched(from))
        return real(from, to);
    WATCHED(from, 'R', 0, to, (uint32_t)strlen(to), real(from, to));
}

static int opened(int fd, const char *path)
{
    remember(fd, fd >= 0 && is_watched(path) ? path : NULL);
    return fd;
}

static int watched_open(int folder, const char *path, int flags, mode_t mode)
{
    if (is_watched(path) && (flags & O_CREAT) && syscall(SYS_faccessat, folder, path, F_OK) != 0) {
        pthread_mutex_lock(&lock);
        int error = fate(NULL, NULL);
        if (!error)
            note('O', path, 0, NULL, 0);
        pthread_mutex_unlock(&lock);
        if (error) {
            errno = error;
            return -1;
        }
    }
    return opened((int)syscall(SYS_openat, folder, path, flags | O_LARGEFILE, mode), path);
}

#define MODE_ARGUMENT                                                       \
    mode_t mode = 0;                                                        \
    if (flags & (O_CREAT | O_TMPFILE)) {                                    \
        va_list rest;                                                       \
        va_start(rest, flags);                                              \
        mode = va_arg(rest, mode_t);                                        \
        va_end(rest);                                                       \
    }

int open64(const char *path, int flags, ...)
{
    MODE_ARGUMENT
    return watched_open(AT_FDCWD, path, flags, mode);
}

int open(const char *path, int flags, ...)
{
    MODE_ARGUMENT
    return watched_open(AT_FDCWD, path, flags, mode);
}

int openat64(int folder, const char *path, int flags, ...)
{
    MODE_ARGUMENT
    return watched_open(folder, path, flags, mode);
}

int openat(int folder, const char *path, int flags, ...)
{
    MODE_ARGUMENT
    return watched_open(folder, path, flags, mode);
}

int close(int fd)
{
    REAL(close);
    remember(fd, NULL);
    return real(fd);
}

int clock_gettime(clockid_t id, struct timespec *now)
{
    REAL(clock_gettime);
    int done = real(id, now);
    if (done == 0 && id == CLOCK_REALTIME)
        now->tv_sec += clock_s;
    return done;
}
