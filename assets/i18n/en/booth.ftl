# Every word of the booth. Keys and variables must equal those of zh-CN/booth.ftl (a test checks it).

## Everywhere
brand = Graduation Certificate Photo
back = Back
sure = Confirm
next = Next
close = Close
cancel = Cancel
try-again = Try again
finish = Done
dock-language = 中文
dock-help = Help
dock-settings = Settings
dock-leave = Leave
status-offline = Offline · photos are sent later
status-demo = Demonstration
journey-identify = Identify
journey-pay = Pay
journey-photograph = Photograph
journey-confirm = Confirm
journey-at = Step { $at } of 4: { $name }
journey-done = All 4 steps are done
wait = One moment, please
attendant-corner = Attendant's entry (hold)
key-erase = Backspace
key-clear = Clear
key-space = Space
key-letters = Letters
key-digits = Digits

## Start
welcome-title = Your graduation photo
welcome-lead = Taken here, by yourself, in five minutes.
welcome-start = Start
welcome-ready = Please have ready
welcome-ready-code = Your image acquisition code from CHSI
welcome-ready-id = The last four characters of your ID number
welcome-ready-pay = Your phone, to pay
welcome-ready-clothes = A plain top with a collar, not blue
welcome-picture = Drawing of a standard photo

## Consent
consent-title = Before we begin: your data
consent-lead = A photo is sensitive personal information. We need your separate consent.
consent-purpose = What for
consent-purpose-text = Only for the photo on your graduation certificate.
consent-data = What
consent-data-text = Your photo; your masked name, school and student number from the code; the last four characters of your ID number. No full name, no full ID number, no face recognition.
consent-keep = How long
consent-keep-text = Not submitted: erased when you leave. Submitted: encrypted at once, even this booth cannot read it; deleted here when the service has it, kept there until your graduation is registered.
consent-who = By whom
consent-who-text = Your school. This booth and the review service work on its behalf.
consent-rights = Your rights
consent-rights-text = "Leave" erases your data at any time; Help shows, corrects or deletes what is kept. You may decline and go elsewhere.
consent-version = Version { $version } of this text · Personal Information Protection Law of the People's Republic of China
consent-agree = Agree and continue
consent-refuse = Decline

## Signing in
signin-title = Sign in with WeChat
signin-lead = See how your photo is doing later, and carry on at any booth.
signin-step-scan = Scan the code with WeChat
signin-step-confirm = Press "Confirm" on your phone
signin-step-go = This screen goes on by itself
signin-use-code = Go on with my acquisition code
signin-new = Show a new code
signin-code = QR code to sign in
signin-asking = Getting a code
signin-waiting = Waiting for your scan
signin-scanned = Scanned: please confirm on your phone
signin-expired = The code has expired
signin-expired-text = Show a new code, or go on with your acquisition code.
signin-refused = Sign-in was cancelled on the phone
signin-refused-text = Scan again, or go on with your acquisition code.
signin-unavailable = Signing in is not possible now
signin-unavailable-text = There is no network. You can still be photographed: go on with your acquisition code.

## Resuming
resume-title = Welcome back
resume-lead = This phone was here before. Choose one to go on; you will show your acquisition code again.
resume-other = Something else

## School
school-title = Find your school
school-lead = Name, pinyin, initials or code
school-hint = For example: Jinan, jndx or 10559
school-query = School
school-here = Schools served here
school-results = Found
school-none = Nothing found
school-none-text = Check the spelling, or type the five-digit school code.
school-code = School code { $code }
school-served = Open here
school-not-served = Not served here
school-more = { $count } more: keep typing
school-sure = This is my school

## Category
category-title = Choose your kind of education
category-lead = Each enrolment has its own acquisition code. If you have two, come twice.
category-open = Open now
category-closed = Not open now
category-regular = Regular higher education
category-postgraduate = Postgraduate education
category-adult = Adult higher education
category-online = Online education
category-open-university = Open education
category-self-taught = Self-taught examinations
category-international = International students

## Acquisition code
code-title = Show your acquisition code
code-lead = Hold the code on your phone or paper in the frame, about 20 cm from the camera.
code-tip-bright = Turn up the brightness
code-tip-original = Use the saved picture, not a screenshot
code-tip-flat = Hold it flat, without glare
code-view = Camera picture for reading the code
code-looking = Looking for your code
code-deciding = Reading the code
code-camera-opening = Opening the camera
code-camera-lost = No picture from the camera; trying again
code-from-picture = Read from a USB stick
code-tutorial = Where do I find it?
code-problem-link = That is a web address, not an acquisition code
code-problem-payment = That is a payment code, not an acquisition code
code-problem-number = That is a number, not an acquisition code
code-problem-other = That is not an acquisition code
code-problem-not-code-text = Open your image acquisition code on CHSI and try again.
code-problem-campus = This code belongs to another campus
code-problem-campus-text = Please go to the place your school has named.
code-problem-not-genuine = This code is incomplete or not valid
code-problem-not-genuine-text = Save the original picture from CHSI again, then try once more.
code-problem-newer = This booth cannot read this newer code yet
code-problem-newer-text = Please ask the attendant.
code-problem-unreachable = The code cannot be read now
code-problem-unreachable-text = Reading it needs the network, which is down. Please try again later.
code-problem-other-school = The code is for another school or category
code-problem-other-school-text = It belongs to { $school } ({ $category }).
code-use-its-school = Go on with the code's school
code-problem-picture-empty = No acquisition code in the picture
code-problem-picture-empty-text = Use the original picture saved from CHSI, as JPG or PNG.
code-problem-picture-unreadable = The picture cannot be opened
code-problem-picture-unreadable-text = Please use another JPG or PNG picture.
code-problem-picture-missing = No picture found
code-problem-picture-missing-text = Insert a USB stick with the picture in its top folder.

## Tutorial
tutorial-title = How to get your code
tutorial-1 = Open CHSI
tutorial-1-text = www.chsi.com.cn, the 学信网 WeChat account or the app; sign in to your archive
tutorial-2 = Show the code
tutorial-2-text = Enrolment → Higher education → Image acquisition code (查看图像采集码)
tutorial-3 = Save the picture
tutorial-3-text = Press and hold the code to save it; screenshots may not be readable
tutorial-none = You have no code?
tutorial-none-text = It is given from the year before you graduate. Please ask your school's enrolment office.
tutorial-code = QR code of the CHSI web site

## Last four
four-title = The last four characters of your ID number
four-lead = Of your { $kind }, to make sure it is you.
four-brackets = If the number has brackets, leave out what stands in them.
four-typed = Last four characters typed so far
four-wrong = That does not match the code
four-wrong-text = { $tries ->
    [one] Please check and type again. One try left.
   *[other] Please check and type again. { $tries } tries left.
}
four-locked = No tries left
four-locked-text = Press "Help" to call the attendant.
id-resident = resident identity card
id-residence-permit = residence permit for Hong Kong, Macao and Taiwan residents
id-travel-permit = mainland travel permit
id-passport = passport
id-permanent-residence = foreign permanent resident ID card

## Student status
status-title = Is this you?
status-lead = This comes from your acquisition code, masked.
status-name = Name
status-id = ID number
status-id-kind = ID document
status-school = School
status-school-code = School code
status-category = Category
status-level = Level
status-number = Student number
status-me = Yes, this is me
status-not-me = Not me
status-wrong = Something wrong? Your school or CHSI can correct it; this booth cannot.
level-doctor = Doctor
level-master = Master
level-second-bachelor = Second bachelor's degree
level-bachelor = Bachelor
level-associate = Associate (college diploma)

## Collections
collections-title = Your collections
collections-lead = Choose the one you have come for.
collections-as-of = As of { $when }
collections-never = Not yet in touch with the review service
window = { $from } to { $to }
badge-to-do = To be taken
badge-paid = Paid, to be taken
badge-free = Free, to be taken
badge-order = To be paid
badge-ended = Ended
badge-soon = Not open yet
badge-not-listed = Not on the list
badge-queued = Submitted, to be sent
badge-review = Under review
badge-held = Needs attention
badge-approved = Approved
badge-not-approved = Not approved
badge-withdrawn = Withdrawn

## Details
details-title = The details
details-window = Open
details-fee = Fee
details-fee-none = None (the school pays)
details-fee-paid = { $fee } (paid)
details-background = Background
background-light-blue = Light blue
background-white = White
background-light-grey = Light grey
background-red = Red
background-keep = As in the booth
details-glasses = Glasses
details-glasses-allowed = Clear lenses, without glare
details-glasses-asked = Better without; clear lenses if needed
details-glasses-no = Please take them off
details-eligible = You are on the school's list
details-provisional = To be verified
details-provisional-text = This booth does not have the school's list. You may go on; the review service verifies it later.
details-verify = Verify again
details-verifying = Verifying

## Not eligible
eligible-title = You are not on the list yet
eligible-lead = The school's list does not have your student number. Verify again, or ask the school to add you.
eligible-number = Student number
eligible-verify = Verify again
eligible-verifying = Verifying
eligible-tries = { $count ->
    [one] Verified once, not found
   *[other] Verified { $count } times, not found
}
eligible-ask = Ask the school to add me
eligible-asking = Sending your request
eligible-asked = Your request is filed
eligible-asked-text = It goes to your school. Once you are added, you can go on at any booth.
eligible-failed = The request could not be filed
eligible-failed-text = Press "Help" to call the attendant.

## Service and fee
service-title = Service and fee
service-lead = One payment, as many photos as it takes until you are satisfied.
service-photo = The standard certificate photo
service-photo-text = 480 × 640 pixels, made to the national specification
service-retakes = Unlimited retakes
service-retakes-text = Before and after processing, at no extra cost
service-review = Review by a person
service-review-text = About { $days } working days; if it is not approved, retake it free
service-included = Included
service-total = Total
service-pay = Pay now
service-note = The price on this page is the price.

## Paying
pay-title = Scan to pay
pay-lead = Open WeChat, choose Scan, and scan the code.
pay-code = QR code to pay
pay-for = { $title }
pay-asking = Preparing your order
pay-waiting = Waiting for your payment
pay-left = Please pay within { $time }
pay-checking = Asking WeChat Pay
pay-checking-text = If you have paid, do not pay again: this screen goes on by itself.
pay-closing = Cancelling the order
pay-closing-text = Waiting for WeChat Pay. If you have paid, you go on to your photo.
pay-give-up = Do not pay
pay-once = One payment, as many photos as it takes
pay-kept = It belongs to your enrolment, at every booth

## Requirements
prepare-title = Before your photo
prepare-lead = Please check yourself against these.
prepare-right = Correct
prepare-glasses = Glasses
prepare-light = Bad light
prepare-hat = Hat
prepare-roll = Tilted
prepare-yaw = Turned
prepare-blue = Blue top
prepare-collar = No collar
prepare-eyes = Eyes shut
prepare-mouth = Lips open
prepare-face = Ears, forehead and brows visible; no hair over the face
prepare-ornaments = No earrings, no necklace
prepare-clothes = A plain top with a collar; not blue, shoulders covered
prepare-natural = No make-up, no coloured lenses, no filters
prepare-stand = Stand on the floor mark, about one metre from the wall
prepare-glasses-off = Glasses off
prepare-glasses-clear = No glasses; if I need them, clear lenses without glare
prepare-read = All of this is so
prepare-start = Go to the camera
prepare-album = Use a picture of mine
prepare-album-busy = Reading your picture

## Photograph
capture-title = Look at the camera
capture-view = Camera picture, as in a mirror
capture-opening = Opening the camera
capture-lost = No picture from the camera
capture-lost-text = Trying again. Wait a moment, or press "Help" to call the attendant.
capture-look = Stand on the mark and look at the camera
capture-ready = Very good. Hold still
capture-counting = { $left ->
    [one] Photo in one second
   *[other] Photo in { $left } seconds
}
capture-taking = Taking your photo
capture-now = Take it now
capture-automatic = The photo is taken by itself when all is right
capture-distance = { $here } m · mark { $mark } m
capture-shots = { $count ->
    [one] One photo taken
   *[other] { $count } photos taken
}
capture-right = All right
capture-wrong = Please adjust

## Choosing
choose-title = Are you happy with it?
choose-lead = Retake it as often as you like, at no extra cost.
choose-photo = The photo just taken
choose-shot = Photo { $number }
choose-accept = Use this one
choose-retake = Retake
choose-brought-title = Which picture is it?
choose-brought-lead = The newest pictures on your stick. Only the one you use is kept.
choose-brought-photo = The picture you brought
choose-brought-camera = Take my photo here

## Standardizing
standardize-title = Making your standard photo
standardize-lead = It is cropped, given its background and even light. Your face is not retouched.
standardize-photo = The photo being processed
standardize-progress = { $percent }% done
stage-face = Finding your face
stage-geometry = Placing it by the standard
stage-matte = Separating you from the wall
stage-background = Laying the background
stage-encode = Writing the file
stage-check = Checking the result

## Refused
refused-title = This photo cannot be used yet
refused-lead = Please follow the hints below and retake it, at no extra cost.
refused-retake = Retake
refused-help = Call the attendant

## Last look
confirm-title = Please check the photo carefully
confirm-lead = If you are satisfied, press "Submit". If not, press "Retake".
confirm-photo = Your standard photo
confirm-passed = { $count ->
    [one] One check passed
   *[other] { $count } checks passed
}
confirm-note = The reviewer has the last word.
confirm-submit = Submit
confirm-retake = Retake
confirm-saving = Saving
confirm-imported = From a picture you brought

## Submit?
submit-sure-title = Submit this photo?
submit-sure-text = It goes to a reviewer. During the review you cannot change or replace it yourself.
submit-sure-yes = Submit
submit-sure-no = Not yet

## Farewell
farewell-title = Submitted, under review
farewell-lead = The review takes about { $days } working days, until { $date }.
farewell-offline = Your photo is safely stored here and sent as soon as the network is back.
farewell-number = Submission
farewell-next = What happens next
farewell-next-see = Show your code at any booth to see the result
farewell-next-retake = If it is not approved, retake it free
farewell-next-check = Once approved, check the photo on CHSI (图像校对)
farewell-done = Done

## Standing
standing-queued-title = Submitted, waiting to be sent
standing-queued-text = Your photo is safely stored and sent as soon as the network is back. You may leave.
standing-review-title = Under review
standing-review-text = The review takes about { $days } working days, until { $date }.
standing-overdue-text = The review is late; it was due on { $date }. If it is urgent, press "Help".
standing-held-title = Needs attention
standing-held-text = Something went wrong with the submission. Your photo is not lost. Press "Help" to call the attendant.
standing-approved-title = Approved
standing-approved-text = The photo is final and can no longer be changed. Please check it on CHSI (图像校对).
standing-not-approved-title = Not approved
standing-not-approved-text = Please retake it with these reasons in mind, at no extra cost.
standing-withdrawn-title = Withdrawn
standing-withdrawn-text = This submission was withdrawn.
standing-submitted = Submitted
standing-reasons = Why it was not approved
standing-note = The reviewer writes
standing-change = Something wrong, or another photo wanted? Press "Help" soon.
standing-retake = Retake, free

## Reasons
reason-head-turned = The head is tilted or turned
reason-proportions = The head is too high, too low, too large or too small
reason-eyes = Eyes closed or not on the camera
reason-expression = Lips open, teeth showing, or not a neutral face
reason-face-covered = Ears, forehead or brows are covered
reason-glasses = Glasses tinted, with glare, or over the eyes
reason-headwear-ornaments = Headwear or ornaments
reason-light = Uneven light, shadows or highlights
reason-sharpness = The photo is blurred
reason-background = Background not even, or the edge of the hair not clean
reason-clothes = Clothes blue, patterned, without collar or sleeves
reason-retouched = Too much make-up, or retouched
reason-another-person = Not the person of this enrolment
reason-other = Another reason

## Customer service
help-title = Help
help-lead = Something is not working? We are here for you.
help-phone = Telephone
help-hours = Hours
help-code = QR code of the online service
help-scan = Scan with WeChat to chat with us
help-call = Call the attendant
help-sending = Calling
help-filed = The attendant has been told
help-filed-text = Please wait here. Your progress is kept.
help-failed = The call did not go through
help-failed-text = Please phone the number above, or find someone nearby.

## Settings
settings-title = Settings
settings-chinese = 中文
settings-english = English
settings-privacy = Privacy
settings-privacy-text = Only masked data and the photo you submit are kept. What you typed and photos you do not submit are erased when you leave.
settings-erase = Erase my data and leave
settings-erase-text = What is paid or submitted stays as it is.
settings-about = { $booth } · privacy text version { $version }

## Still there?
idle-title = Are you still there?
idle-text = { $seconds ->
    [one] In one second this session ends and the screen is cleared.
   *[other] In { $seconds } seconds this session ends and the screen is cleared.
}
idle-stay = I am here
idle-leave = Leave

## Leaving
leave-title = Do you want to leave?
leave-text = Photos you have not submitted are erased. What you paid stays valid for next time.
leave-yes = Leave
leave-no = Stay

## Notices
remedy-try-again = Please try again
remedy-other-way = Please choose another way
remedy-attendant = Please ask the attendant
notice-school-not-served = Your school does not collect photos here
notice-school-not-served-text = Ask your school where to go, or choose another school.
notice-collection-closed = This collection has ended
notice-collection-closed-text = Ask your school about a later date.
notice-collection-not-yet-open = This collection has not begun
notice-collection-not-yet-open-text = Please come back while it is open.
notice-no-collection = No collection found for you
notice-no-collection-text = Please check the school and the category.
notice-last-four-locked = No tries left
notice-last-four-locked-text = To protect your data, an attendant has to help.
notice-store-trouble = The booth cannot save anything now
notice-store-trouble-text = Please ask the attendant. What you paid is safe.
notice-store-full = The booth's storage is full
notice-store-full-text = Please ask the attendant, or use another booth.
notice-payment-closed = The order is closed; nothing was charged
notice-payment-closed-text = You can pay again.
notice-service-away = The review service cannot be reached
notice-service-away-text = Please try again later.
notice-camera-gone = The camera is not connected
notice-camera-gone-text = Please ask the attendant. What you paid stays valid.
notice-camera-slow = No photo was taken
notice-camera-slow-text = Please take it once more.
notice-picture-not-found = No picture found
notice-picture-not-found-text = Insert a USB stick with a JPG picture in its top folder.
notice-picture-not-sent = No picture came
notice-picture-not-sent-text = Insert a USB stick with a JPG picture, or send one from your phone: open the page of your payment, then “Where my photo stands”, and send a picture from your album. Then touch here again.
notice-picture-unreadable = The picture cannot be used
notice-picture-unreadable-text = Use another JPG picture, or have your photo taken here.
notice-picture-too-old = The picture is too old
notice-picture-too-old-text = Your school asks for a recent one. Have your photo taken here.
notice-import-off = Pictures you bring are not accepted here
notice-import-off-text = Please have your photo taken here.
notice-import-needs-attendant = A picture you bring needs the attendant
notice-import-needs-attendant-text = Please ask the attendant, or have your photo taken here.
notice-standardizing-failed = Your photo could not be processed
notice-standardizing-failed-text = It is not lost. Please try again.
notice-not-saved = Your submission was not saved
notice-not-saved-text = Your photo is not lost. Please try again.

## Paused
paused-title = Out of service
paused-lead = We are sorry. Please use another booth, or ask the attendant.
paused-attendant = For the attendant
paused-config = Faults in the configuration
paused-store = The booth's database cannot be read or written
paused-records-kept = Nothing was changed. Do not delete the file: unsent photos can be saved from it (gradbooth doctor).
paused-records-in-use = Another gradbooth is using it.
paused-records-foreign = The file is not a booth's database.
paused-records-newer = It was written by a newer version: install that version again.
paused-records-damaged = It is damaged.
paused-records-wrong-key = It was encrypted with another key: bring back the key file that belongs to it.
paused-records-no-key = Its key cannot be read.
paused-records-disk = The disk does not allow it: full, read-only or failing.
paused-worker = A worker has stopped: { $name }
paused-out-of-service = Switched off by the attendant
paused-disk = Storage is almost full

## Rules: what to do
rule-one-face = One person in front of the camera, please
rule-distance = Please stand on the floor mark
rule-distance-much-nearer = Please take a whole step back
rule-distance-much-farther = Please come a whole step closer
rule-distance-near = Please take half a step back
rule-distance-far = Please come half a step closer
rule-colour-cast = The light is coloured. Wait a moment or call the attendant
rule-exposure = The light is too strong or too weak. Please call the attendant
rule-sharpness = Please hold still
rule-head-roll = Please hold your head upright
rule-face-covered = Please show your whole face
rule-head-yaw = Please face the camera
rule-light-even = One side of your face is dark. Please face the lights
rule-head-pitch = Chin level, please: neither raised nor lowered
rule-hair-height = Your hair stands too high. Please let it down or tie it lower
rule-bust = Please stand straight, down to the chest in the picture
rule-framing = Please move to the middle of the picture
rule-wall-plain = There is something behind you. Please call the attendant
rule-wall-shadow = There is a shadow on the wall. Please step away from it
rule-eyes-open = Please open your eyes
rule-headwear = Please take off your hat or headwear
rule-glare = Your glasses reflect. Take them off, or turn a little
rule-tinted-glasses = Please take off the tinted glasses
rule-glasses = Please take off your glasses
rule-gaze = Please look at the camera
rule-mouth-closed = Please close your lips
rule-retouched = Please use a picture that was not retouched
rule-expression = Relax, with a natural expression
rule-forehead = Please show your forehead and brows
rule-ears = Please put your hair behind your ears
rule-clothes-blue = Please change the blue clothes
rule-clothes-plain = Please wear a plain top without a pattern
rule-clothes-contrast = Your clothes are too like the background. Please change them
rule-shoulders = Please level your shoulders
rule-collar = Please wear a top with a collar
rule-sleeves = Please wear a top with sleeves
rule-ornaments = Please take off earrings and necklaces
rule-make-up = No heavy make-up or coloured lenses, please
rule-wall-distance = Please stand about one metre from the wall

## Rules: names
rulename-one-face = One person
rulename-distance = Distance
rulename-colour-cast = Colour
rulename-exposure = Exposure
rulename-sharpness = Sharpness
rulename-head-roll = Head upright
rulename-face-covered = Face uncovered
rulename-head-yaw = Facing the camera
rulename-light-even = Even light
rulename-head-pitch = Chin level
rulename-hair-height = Height of the hair
rulename-bust = Complete bust
rulename-framing = In the middle
rulename-wall-plain = Plain background
rulename-wall-shadow = No shadow
rulename-eyes-open = Eyes open
rulename-headwear = No headwear
rulename-glare = No glare
rulename-tinted-glasses = No tinted glasses
rulename-glasses = Glasses
rulename-gaze = Looking at the camera
rulename-mouth-closed = Lips closed
rulename-retouched = Not retouched
rulename-expression = Natural expression
rulename-forehead = Forehead visible
rulename-ears = Ears visible
rulename-clothes-blue = Clothes not blue
rulename-clothes-plain = Plain clothes
rulename-clothes-contrast = Clothes unlike the background
rulename-shoulders = Shoulders level
rulename-collar = Collar
rulename-sleeves = Sleeves
rulename-ornaments = No ornaments
rulename-make-up = No make-up
rulename-wall-distance = One metre from the wall

## Attendant
admin-pin-title = Attendant
admin-pin-lead = Please enter your PIN
admin-pin-typed = PIN
admin-pin-wrong = Wrong PIN
admin-pin-wait = Too many tries: wait { $seconds } s
admin-enter = Enter
admin-home-title = This booth
admin-queue = Queue
admin-queue-waiting = { $count } to be sent
admin-queue-held = { $count } to look at
admin-queue-empty = The queue is empty
admin-oldest = Oldest: { $when }
admin-camera = Look at the camera
admin-camera-view = Camera picture
admin-camera-size = { $width } × { $height } pixels
admin-camera-none = No picture
admin-service = Service
admin-service-online = Connected
admin-service-offline = Not connected
admin-synced = last in touch { $when }
admin-never = never in touch
admin-retry = Retry all now
admin-retry-one = Retry
admin-out-of-service = Take out of service
admin-in-service = Back into service
admin-quit = Quit the program
admin-quit-sure = Really quit?
admin-quit-text = The booth stops until it is started again.
admin-done = Leave
admin-column-id = Number
admin-column-when = Submitted
admin-column-state = State
admin-column-why = Why
admin-tries = { $count } tries
admin-disk = Free space
admin-key = Records' key
admin-key-credential = Kept by the system
admin-key-file = A file: protect this disk
admin-decided = Settings from the service
admin-decided-at = as decided { $when }
admin-export = Copy to a USB stick
admin-export-text = Still encrypted; for the review service, when there is no network
admin-export-done = { $count } copied. You may pull the stick out.
admin-export-left = { $count } of an earlier version stay here and need the network.
admin-export-no-stick = No USB stick that can be written to
admin-forgive = Last four again
admin-forgive-text = After seeing the ID
admin-forgive-when = Only after a wrong try of the student here
admin-import = Allow own picture
admin-import-text = For this student only
admin-help-when = Only once the student here may be photographed
admin-help-done = Allowed for the student here
admin-help-settled = This booth's settings decide it
admin-helped = Done: { $what }
admin-disk-free = { $gigabytes } GB

# paying without a network, and by other ways
code-problem-acquisition = That is an acquisition code
code-problem-receipt = That is a payment receipt or a voucher
code-problem-certificate = That is a certificate
code-problem-too-long = That code holds far too much to be one of ours
pay-lead-offline = This booth has no network now. Your phone pays with its own.
pay-later-back = Back
pay-number = Order { $number }
pay-payee = To { $payee } · order { $number }
pay-not-twice = Pay once only: if you have paid, this screen goes on by itself
pay-view = Live picture: hold the receipt into it
pay-type-digits = Type the nine digits
pay-not-paid = Not paid yet: scan and pay
pay-receipt-page = Paid already: scan for your receipt
pay-receipt-code = QR code of your receipt
pay-offline = Scan, pay on your phone, show the receipt
pay-offline-text = Your phone shows a receipt after paying. Hold it up to the camera here.
pay-digits-title = Type the nine digits
pay-digits-lead = They are below the receipt on your phone.
pay-digits-typed = Digits typed
pay-digits-back = Back to the code
proof-something-else-text = Please hold up the payment receipt on your phone, or a voucher.
proof-not-genuine = This receipt is damaged or not genuine
proof-not-genuine-text = Open the payment page on your phone again and show the receipt there.
proof-old-key = This receipt is of an older kind
proof-old-key-text = Open the payment page on your phone again: it shows a new one. Otherwise ask the attendant.
proof-campus = This receipt is of another campus
proof-campus-text = Please show the receipt for this booth.
proof-student = This receipt is somebody else's
proof-student-text = Please show the receipt of the enrolment on this screen.
proof-collection = This receipt or voucher is for another collection
proof-collection-text = Go back and choose the collection that it was paid for.
proof-amount = This receipt is over another amount
proof-amount-text = Please ask the attendant. Nothing is lost.
proof-refunded = This payment was paid back
proof-refunded-text = Please pay again, or ask customer service.
proof-voucher = This voucher is spent
proof-voucher-text = Each voucher is good for one student. Please ask whoever gave it to you.
proof-digits = These are not the digits of this order
proof-digits-text = { $tries ->
    [one] One try is left.
   *[other] { $tries } tries are left.
 }
proof-locked = Too many wrong digits
proof-locked-text = Hold the receipt up to the camera, or ask the attendant.
proof-not-equipped = This booth cannot check receipts yet
proof-not-equipped-text = Please ask the attendant.
proof-no-cash = Cash cannot be taken here
proof-no-cash-text = The school does not allow it, or today's limit is reached.
proof-keys = New keys taken
proof-keys-text = Please hold up the receipt once more.
slip-title = Receipt number { $number }
slip-text = Paid in cash. Write the number on the student's slip.
slip-noted = Noted
service-later = Take the photo now, pay later
admin-cash = Fee taken in cash
admin-cash-text = Recorded, daily limit
admin-cash-when = Only while the student here is paying
admin-calibrate = Measure booth in
admin-calibrated = Measured in
admin-calibrated-never = Not yet: distances and wall are not known
admin-scene-fits = The booth still looks the same
admin-scene-light = The light has changed: check the lamps, measure in again
admin-scene-view = The view has changed: check camera, lamps and wall, measure in again
admin-excuse = Allow head cover
admin-excuse-text = Religious or medical
calibrate-mark = 1 of 3: the card at the mark
calibrate-mark-text = Hold the card upright above the floor mark, flat to the camera.
calibrate-wall = 2 of 3: the card on the wall
calibrate-wall-text = Let the card hang level on the wall behind the mark.
calibrate-empty = 3 of 3: the empty booth
calibrate-empty-text = Take the card away and step out of the picture. Then touch "Take it" from the side.
calibrate-keep = Take it
calibrate-right = All right
calibrate-failed = It could not be kept. Please try again
calibrate-no-card = The whole card has to be in the picture
calibrate-not-flat = Hold the card flat to the camera
calibrate-no-colour = The camera shows no colours. Turn on the lights or leave its night mode
calibrate-still-at-mark = The card is not at the wall yet
calibrate-somebody = Somebody is in the picture
calibrate-dark = It is too dark. Turn on the lamps
calibrate-burnt = The wall is burnt white. Dim the lamps or the camera's exposure
calibrate-uneven = One side is much brighter. Turn the lamps
calibrate-not-plain = There is something on the wall
calibrate-unsteady = Wait until the picture is steady
calibrate-wall-distance = Camera to wall
calibrate-behind = Mark to wall
calibrate-level = Camera tilt
calibrate-white = White balance
calibrate-fine = fine
calibrate-tilted = set the camera level
calibrate-tinted = the light is tinted
calibrate-cm = { $cm } cm

# enrolling this booth
enrol-title = Enrol this booth
enrol-lead = This booth is not enrolled and serves nobody yet.
enrol-step-console = At the review console, open "Booths" and make an invitation.
enrol-step-hold = Hold its QR code in front of the camera, on a phone or on paper.
enrol-step-compare = Compare four words on both screens, then say yes at the console.
enrol-view = What the camera sees
enrol-looking = Looking for an invitation
enrol-camera-lost = No picture. Check the camera's cable; it is looked for all the time.
enrol-not-invitation = This code is no invitation
enrol-not-invitation-text = Make an invitation at the console, under "Booths", and hold up that code.
enrol-other-service = This invitation is of another service
enrol-other-service-text = It is of { $invited }; this booth belongs to { $configured }. Use that service's invitation, or change "url" in booth.toml.
enrol-gone = This invitation is not valid any more
enrol-gone-text = It is older than an hour, was refused at the console, or is used up. Make a new one and hold it up.
enrol-taken = This invitation was answered already
enrol-taken-text = By another booth, or by this one before a restart. Refuse it at the console and make a new one.
enrol-certificate = The service's certificate is not valid
enrol-certificate-text = Check the date and time of this computer first, then tell whoever runs the service.
enrol-impostor = Somebody else answers in the service's place
enrol-impostor-text = Nothing was written. Try it in another network, and tell whoever runs this one.
enrol-refused = The service does not enrol this booth
enrol-refused-text = Make a new invitation. If that does not help, compare the versions of booth and service.
enrol-not-written = The booth's key could not be written
enrol-not-written-text = { $file } has to be free and writable. Then revoke this booth at the console and make a new invitation.
enrol-asking = Reaching the service
enrol-asking-lead = The invitation was read.
enrol-unreachable = The service cannot be reached
enrol-unreachable-text = Check the network cable or Wi-Fi. It is tried every second; nothing has to be held up again.
enrol-portal = The network asks for a login first
enrol-portal-text = Something else answers in the service's place. Log in to the network; it is tried every second.
enrol-busy = The service is busy
enrol-busy-text = It is asked again every second.
enrol-compare = Are these the same four words?
enrol-compare-lead = The console must show exactly these four. The same: enrol it there. Others: enrol nobody.
enrol-waiting = Waiting for the console
enrol-done = This booth is "{ $name }" now
enrol-done-lead = It starts in a moment.
admin-enrol = Enrol again
admin-enrol-text = What waits is kept
admin-service-unknown = Does not know this booth: enrol it again

# why a submission is not delivered yet
why-unreachable = The service cannot be reached. It is sent by itself once it can.
why-silent = The service did not answer in time. It is sent again by itself.
why-certificate = The service's certificate is not valid: check the clock and the network.
why-not-the-service = Something else answers in the service's place: check the network.
why-busy = The service is busy or has a fault. It is sent again by itself.
why-unauthorized = The service does not know this booth: enrol it again.
why-refused = The service refuses it. Please call customer service.
why-damaged = It does not fit what it says of itself. Please call customer service.
why-too-large = It is larger than the service takes.
why-conflict = The service has another one under this number. Please call customer service.
why-not-entitled = The service does not know that it is paid for.
why-already-submitted = The student has handed in a photo before, which still stands.
why-unknown-collection = The service does not know the collection.
why-not-open = The collection is closed.
why-photo-not-standard = The service does not take it as a standard photo.
why-capture-not-usable = The service cannot use the picture behind it.
why-seal-broken = Its seal does not fit. Please call customer service.
why-other = Told by the service: { $word }
