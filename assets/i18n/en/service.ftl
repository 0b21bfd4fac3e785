# Words of the review service's pages
app-name = Graduation Portraits
app-service = Review service
log-in = Log in
log-out = Log out
review-nav = Review
school-nav = School
back = Back

home-lead = Booths and review for the official portrait of a graduation certificate
home-text = Students take their standard photo at a booth, reviewers look at every one of them here, and schools keep their lists here. The service holds masked names and student numbers only, never an ID number.
home-phone = If you are a student: scan the code on the booth's screen with your phone.

login-title = Log in
login-text = For reviewers and schools.
login-name = User name
login-password = Password
login-wrong = The name or the password is not right. After several failures you have to wait a little.

not-found-title = There is no such page
not-found-text = The address may be out of date. Scan the code on the booth again, or go back to the start.
forbidden-title = Not for this account
forbidden-text = Your account may not see this page.
stale-form-title = This page is out of date
stale-form-text = Go back, reload, and try again. Nothing was changed.
too-large-title = Too long
too-large-text = Send it in several parts. Nothing was changed.
fault-title = The service failed
fault-text = The fault is in the log. Please try again later.
gateway-silent-title = The payment provider does not answer
gateway-silent-text = Please do not pay twice. Reload this page in a moment to see the result.

queue-title = Waiting for review
queue-empty = No photo is waiting
queue-empty-text = New submissions appear here, the oldest first.
queue-start = Start reviewing
queue-student = Student
queue-school = School and category
queue-booth = Booth
queue-received = Received
queue-due = Due
count-waiting = waiting
count-overdue = overdue
count-decided = decided in 24 hours
due-today = Due today
due-in = { $count ->
    [one] 1 working day left
   *[other] { $count } working days left
}
overdue = { $count ->
    [one] 1 working day overdue
   *[other] { $count } working days overdue
}

capture = Untouched capture
photo = Standard photo
imported = Brought along
imported-text = The student brought this picture; it was not taken at the booth.
not-on-roster = Not on the roster
not-on-roster-text = The school's roster does not have this student number.
left = { $count } left
student-number = Student number
institution = School
category = Category
booth = Booth
captured = Taken
received = Received
findings = To look at
findings-none = Every check has passed
findings-passed = { $count } passed
attendant-notes = Attendant's notes
record = Processing record
approve = Approve
not-approve = Not approved
choose-reasons = Choose the reasons
note = Words for the student (optional)
confirm-not-approved = Confirm: not approved
cancel = Cancel
keys-help = A approve · N not approved · figures choose reasons · Enter confirms · J / K next / previous · B same size
previous = Previous
next = Next
decided-by = Decided by { $name }
too-late = Somebody decided on this photo a moment ago; what you pressed had no effect.
state-approved = Approved
state-not-approved = Not approved

reason-head-turned = Head tilted or turned
reason-proportions = Head too high, too low, too large or too small
reason-eyes = Eyes closed or not on the camera
reason-expression = Mouth open, teeth showing, not neutral
reason-face-covered = Ears, forehead or brows covered
reason-glasses = Glasses tinted, with glare, or over the eyes
reason-headwear-ornaments = Headwear or ornaments
reason-light = Uneven light, shadow or highlight
reason-sharpness = Blurred
reason-background = Background not uniform, edge of the hair not clean
reason-clothes = Blue, sleeveless, patterned or collarless clothes
reason-retouched = Made up or retouched
reason-another-person = Not the person enrolled
reason-other = Something else (say what)

rule-one-face = Exactly one face
rule-distance = Distance
rule-colour-cast = Colour cast
rule-exposure = Exposure
rule-sharpness = Sharpness
rule-head-roll = Head tilted
rule-face-covered = Face covered
rule-head-yaw = Head turned
rule-light-even = Even light
rule-head-pitch = Head raised or lowered
rule-bust = Bust complete
rule-framing = Position in the frame
rule-wall-plain = Plain wall
rule-wall-shadow = Shadow on the wall
rule-eyes-open = Eyes open
rule-headwear = Headwear
rule-glare = Glare on glasses
rule-tinted-glasses = Tinted glasses
rule-glasses = Glasses
rule-gaze = Looking at the camera
rule-mouth-closed = Mouth closed
rule-retouched = Retouching
rule-expression = Neutral expression
rule-forehead = Forehead and brows
rule-ears = Ears
rule-clothes-blue = Blue clothes
rule-clothes-plain = Plain clothes
rule-clothes-contrast = Clothes apart from background
rule-shoulders = Shoulders level
rule-collar = Collar
rule-sleeves = Sleeves
rule-ornaments = Ornaments
rule-make-up = Make-up
rule-wall-distance = Distance to the wall

category-regular = Regular higher education
category-postgraduate = Postgraduate
category-adult = Adult higher education
category-online = Online education
category-open = Open education
category-self-taught = Self-taught examinations
category-international = International students

schools-title = Schools
schools-text = Schools with a collection
school-collections = Collections
open-now = Open
not-open-now = Not open
fee = Fee
school-pays = Paid by the school
roster = Roster
roster-everyone = Every student of this school and category
roster-count = { $count ->
    [one] 1 on the list
   *[other] { $count } on the list
}
under-review = Under review
approved = Approved
not-approved = Not approved
add-numbers = Add student numbers
add-numbers-help = One number a line. Student numbers only: please paste no names and no ID numbers; what looks like an ID number is passed over.
add = Add
roster-added = { $count ->
    [one] 1 new number was added
   *[other] { $count } new numbers were added
}
requests-title = Asking to be added
requests-none = No request is waiting for an answer
request-grant = Add to the roster
desk-nav = Desk
desk-title = Service desk
desk-text = Students who called for help at a booth, the oldest first.
desk-none = Nobody is waiting for help
request-nobody = Somebody at a booth
request-submission = See the submission
request-done = Done
request-refuse = Refuse
request-words = Answer (optional)

simulation = Demonstration
sign-in-title = Sign in at the booth
sign-in-text = You are signing in at the booth “{ $booth }”. If you are not standing in front of it, choose “Do not sign in”.
sign-in-simulation = This simulates the WeChat login; nothing is sent to WeChat.
sign-in-confirm = WeChat quick login
sign-in-refuse = Do not sign in
sign-in-phone-title = Authorize your phone number
sign-in-phone-text = It finds your photo again when the review has a result. Only a mark that cannot be turned back and the masked number are kept.
sign-in-phone-simulation = This simulates the WeChat authorization; type the number yourself.
sign-in-phone-label = Phone number
sign-in-phone-wrong = Please give the whole number; numbers from elsewhere begin with + and the country code.
sign-in-phone-confirm = Authorize and sign in
sign-in-done-title = Signed in
sign-in-done-text = Look at the booth's screen and go on there.
sign-in-refused-title = Not signed in
sign-in-refused-text = You can close this page, or go on at the booth with your acquisition code.
sign-in-expired-title = The code has expired
sign-in-expired-text = Ask the booth for a new code.
sign-in-held-title = Opened on another phone
sign-in-held-text = Each code is for one phone. Ask the booth for a new code.

pay-title = Collection fee
pay-item = Item
pay-payee = Payee
pay-booth = Booth
pay-valid = Valid until
pay-covers = One payment, as many shots as you like, until you are satisfied; a retake after “not approved” is free.
pay-simulation = This simulates a payment; no money is taken.
pay-now = Pay now
pay-cancel = Cancel the order
pay-settled-title = Paid
pay-settled-text = Go on at the booth. No screenshot is needed: every booth knows this payment.
pay-receipt = Receipt number
pay-closed-title = The order is closed
pay-closed-text = Nothing was charged. If you still want your photo taken, ask the booth for a new code.
pay-refunded-title = Paid back
pay-refunded-text = The money went back to the account that paid.

codes-title = Demonstration acquisition codes
codes-text = These codes are simulated and stand for nobody. Cut one out, show it to the booth, then type the last four characters.
codes-last-four = Last four
pay-amount = Amount
pay-number = Order
pay-compare = Pay only if the order number here is the one on the booth's screen, and pay once.
pay-again-at-booth = Nothing has come in yet. To pay, scan the code on the booth's screen again.
pay-scan-at-booth = To pay, scan the code on the booth's screen with WeChat.
pay-proof = Payment receipt
pay-proof-text = Hold this code up to the booth's camera and turn the brightness of the screen up.
pay-digits = Or type these nine digits at the booth that asked
pay-proof-again = It is yours alone, for as many shots as you like, at any booth. This page shows it again whenever you open it.
vouchers-title = Vouchers
vouchers-text = Each voucher pays the collection fee once, for one student. Hold it up to the booth's camera on the payment screen. Keep the sheet like money.
voucher = Voucher
voucher-once = One student, once
sign-in-wechat = Open WeChat, scan this code, and confirm there.
sign-in-wechat-code = Mini program code
