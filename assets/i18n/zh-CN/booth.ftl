# 自助采集机的全部文字。键与变量须与 en/booth.ftl 一致(有测试检查)。

## 通用
brand = 毕业证书图像采集
back = 返回
sure = 确认
next = 下一步
close = 关闭
cancel = 取消
try-again = 重试
finish = 完成
dock-language = English
dock-help = 客服
dock-settings = 设置
dock-leave = 结束
status-offline = 离线 · 照片稍后自动上传
status-demo = 演示模式
journey-identify = 身份
journey-pay = 付款
journey-photograph = 拍照
journey-confirm = 确认
journey-at = 第 { $at } 步，共 4 步：{ $name }
wait = 请稍候
attendant-corner = 工作人员入口（长按）
key-erase = 退格
key-clear = 清空
key-space = 空格
key-letters = 字母
key-digits = 数字

## 首页
welcome-title = 毕业证书图像采集
welcome-lead = 自助拍摄毕业证书电子照片，约 5 分钟。
welcome-start = 立即进入
welcome-ready = 请准备好
welcome-ready-code = 学信网图像采集码，手机或打印件均可
welcome-ready-id = 证件号码后四位
welcome-ready-pay = 手机，用于支付
welcome-ready-clothes = 有领单色上衣，不穿蓝色
welcome-picture = 标准照片示意图

## 知情同意
consent-title = 使用您的信息前，请先阅读
consent-lead = 照片属于敏感个人信息，需要您单独同意。
consent-purpose = 用途
consent-purpose-text = 只用于采集、制作和审核您的毕业证书电子照片，不作他用。
consent-data = 收集内容
consent-data-text = 您的照片；采集码中的脱敏姓名、学校和学号；您输入的证件号码后四位。不收集完整姓名和证件号码，不做人脸识别。
consent-keep = 保存期限
consent-keep-text = 未提交的照片在您离开时立即清除。已提交的照片立即加密，本机也无法再读取；加密后暂存本机，送达审核平台并确认后删除；审核平台保存至学历注册完成。
consent-who = 处理者
consent-who-text = 由您的学校组织采集，本机和审核平台受学校委托处理。
consent-rights = 您的权利
consent-rights-text = 您可以随时点“结束”清除数据，也可以通过客服查询、更正或删除信息。不同意也可以，请到学校其他采集点拍摄。
consent-version = 说明版本 { $version } · 依据《中华人民共和国个人信息保护法》
consent-agree = 同意并继续
consent-refuse = 不同意

## 登录
signin-title = 用微信登录
signin-lead = 登录后可以随时查看进度，在任何一台设备上接着办理。
signin-step-scan = 用微信“扫一扫”扫描二维码
signin-step-confirm = 在手机上点“确认登录”
signin-step-go = 本机自动进入下一步
signin-use-code = 不登录，直接用采集码
signin-new = 换一个二维码
signin-code = 登录二维码
signin-asking = 正在获取二维码
signin-waiting = 等待扫描
signin-scanned = 已扫描，请在手机上确认
signin-expired = 二维码已过期
signin-expired-text = 请换一个二维码，或直接用采集码继续。
signin-refused = 手机上取消了登录
signin-refused-text = 可以重新扫码，或直接用采集码继续。
signin-unavailable = 暂时不能登录
signin-unavailable-text = 网络不通，不影响拍照。请直接用采集码继续。

## 继续办理
resume-title = 欢迎回来
resume-lead = 这部手机办理过下面的采集，点选后继续。接下来还需要出示采集码。
resume-other = 办理其他学籍

## 选择学校
school-title = 选择学校
school-lead = 输入拼音、首字母、英文名或学校代码
school-hint = 例如 jndx、Jinan 或 10559
school-query = 学校
school-here = 本机可办理的学校
school-results = 搜索结果
school-none = 没有找到
school-none-text = 请检查拼写，或改用五位学校代码。
school-code = 学校代码 { $code }
school-served = 可采集
school-not-served = 本机未开放
school-more = 还有 { $count } 所，请继续输入
school-sure = 确认学校

## 学历类别
category-title = 选择学历类别
category-lead = 一个学籍对应一个采集码。有两个学籍的，请分别采集。
category-open = 采集中
category-closed = 不在采集时间
category-regular = 普通高等教育
category-postgraduate = 研究生教育
category-adult = 成人高等教育
category-online = 网络教育
category-open-university = 开放教育
category-self-taught = 高等教育自学考试
category-international = 来华留学生教育

## 出示采集码
code-title = 出示图像采集码
code-lead = 把手机或打印件上的采集码放进方框，距离镜头约 20 厘米。
code-tip-bright = 调高手机亮度
code-tip-original = 用保存的原图，不用截图
code-tip-flat = 放平，避免反光
code-view = 摄像头画面，用于读取采集码
code-looking = 正在寻找采集码
code-deciding = 正在识别，请稍候
code-camera-opening = 正在打开摄像头
code-camera-lost = 摄像头没有画面，正在恢复
code-from-picture = 相册识别（U 盘）
code-tutorial = 采集码在哪里？
code-problem-link = 这是一个网址，不是采集码
code-problem-payment = 这是付款码，不是采集码
code-problem-number = 这是一串数字，不是采集码
code-problem-other = 这不是图像采集码
code-problem-not-code-text = 请在学信网打开“图像采集码”后再试。
code-problem-campus = 这个采集码不属于本校区
code-problem-campus-text = 请到您学校指定的采集点办理。
code-problem-not-genuine = 采集码不完整或无效
code-problem-not-genuine-text = 请从学信网重新保存原图后再试。
code-problem-newer = 本机还不能识别这种新版采集码
code-problem-newer-text = 请联系工作人员。
code-problem-unreachable = 暂时不能识别
code-problem-unreachable-text = 识别采集码需要联网，目前网络不通。请稍后再试。
code-problem-other-school = 采集码与所选学校或类别不同
code-problem-other-school-text = 采集码属于{ $school }（{ $category }）。
code-use-its-school = 按采集码办理
code-problem-picture-empty = 图片中没有找到采集码
code-problem-picture-empty-text = 请用学信网保存的原图，文件为 JPG 或 PNG。
code-problem-picture-unreadable = 图片无法打开
code-problem-picture-unreadable-text = 请换一张 JPG 或 PNG 图片。
code-problem-picture-missing = 没有找到图片
code-problem-picture-missing-text = 请插入 U 盘，把图片放在最外层文件夹。

## 采集码教程
tutorial-title = 如何获取图像采集码
tutorial-1 = 打开学信网
tutorial-1-text = www.chsi.com.cn、“学信网”公众号或 App，登录学信档案
tutorial-2 = 查看采集码
tutorial-2-text = 学籍查询 → 高等教育学籍信息 → 查看图像采集码
tutorial-3 = 保存原图
tutorial-3-text = 长按二维码保存到手机；截图可能无法识别
tutorial-none = 没有采集码？
tutorial-none-text = 采集码一般在预计毕业的前一年起提供。有疑问请联系学校学籍管理部门。
tutorial-code = 学信网网址二维码

## 后四位
four-title = 输入证件号码后四位
four-lead = 请输入{ $kind }号码的最后四位，用来确认是您本人。
four-brackets = 证件号码带括号的，不计括号内的字符。
four-typed = 已输入的后四位
four-wrong = 与采集码不一致
four-wrong-text = 请核对后重新输入，还可以试 { $tries } 次。
four-locked = 输入次数已用完
four-locked-text = 请点“客服”呼叫工作人员帮助。
id-resident = 居民身份证
id-residence-permit = 港澳台居民居住证
id-travel-permit = 来往内地（大陆）通行证
id-passport = 护照
id-permanent-residence = 外国人永久居留身份证

## 核对学籍
status-title = 请核对学籍信息
status-lead = 信息来自学信网采集码，已脱敏显示。
status-name = 姓名
status-id = 证件号码
status-id-kind = 证件类型
status-school = 学校
status-school-code = 学校代码
status-category = 学历类别
status-level = 层次
status-number = 学号
status-me = 是我本人
status-not-me = 不是我
status-wrong = 信息有误请联系学校或学信网更正，本机不能修改。
level-doctor = 博士研究生
level-master = 硕士研究生
level-second-bachelor = 第二学士学位
level-bachelor = 本科
level-associate = 专科

## 采集列表
collections-title = 采集列表
collections-lead = 请选择要办理的采集。
collections-as-of = 数据更新于 { $when }
collections-never = 尚未与审核平台同步
window = { $from } 至 { $to }
badge-to-do = 待采集
badge-paid = 已付款，待拍照
badge-free = 免费，待拍照
badge-order = 待付款
badge-ended = 已结束
badge-soon = 未开始
badge-not-listed = 未查到资格
badge-queued = 已提交，待上传
badge-review = 审核中
badge-held = 需人工处理
badge-approved = 审核通过
badge-not-approved = 审核未通过
badge-withdrawn = 已撤回

## 采集详情
details-title = 采集详情
details-window = 采集时间
details-fee = 费用
details-fee-none = 免费（学校承担）
details-fee-paid = { $fee }（已付款）
details-background = 照片背景
background-light-blue = 浅蓝色
background-white = 白色
background-light-grey = 浅灰色
background-red = 红色
background-keep = 保留现场背景
details-glasses = 眼镜
details-glasses-allowed = 可戴无色镜片，不反光
details-glasses-asked = 尽量不戴；确需佩戴时用无色镜片
details-glasses-no = 请摘下眼镜
details-eligible = 已获得采集资格
details-provisional = 资格待核实
details-provisional-text = 本机暂无学校名单。您可以先拍照，提交后由审核平台核实。
details-verify = 重新核实
details-verifying = 正在核实

## 未获资格
eligible-title = 暂未查到采集资格
eligible-lead = 学校名单中没有您的学号。可以重新验证，或请学校添加。
eligible-number = 学号
eligible-verify = 验证采集资格
eligible-verifying = 正在验证
eligible-tries = 已验证 { $count } 次，仍未查到
eligible-ask = 联系学校添加
eligible-asking = 正在发送请求
eligible-asked = 请求已登记
eligible-asked-text = 将发送给学校。学校添加后，您到任何一台设备都可以继续。
eligible-failed = 请求未能登记
eligible-failed-text = 请点“客服”呼叫工作人员。

## 服务与费用
service-title = 服务与费用
service-lead = 一次付款，不限次数拍摄，直到满意。
service-photo = 毕业证书标准电子照片
service-photo-text = 480 × 640 像素，按采集规范制作
service-retakes = 不限次数重拍
service-retakes-text = 拍照前后都可以重拍，不再收费
service-review = 人工审核
service-review-text = 约 { $days } 个工作日；未通过可免费重拍
service-included = 已包含
service-total = 合计
service-pay = 立即支付
service-note = 费用以本页显示为准。

## 支付
pay-title = 微信扫码支付
pay-lead = 打开微信“扫一扫”，扫描二维码付款。
pay-code = 支付二维码
pay-for = { $title }
pay-asking = 正在生成订单
pay-waiting = 等待付款
pay-left = 请在 { $time } 内完成付款
pay-checking = 正在向微信支付确认
pay-checking-text = 如果您已付款，请不要重复支付，本机会自动确认。
pay-closing = 正在取消订单
pay-closing-text = 等待微信支付确认。如果您已付款，会自动进入拍照。
pay-give-up = 取消支付
pay-once = 一次付款，不限次数拍摄
pay-kept = 付款与学籍绑定，换设备也有效

## 拍摄要求
prepare-title = 拍摄要求
prepare-lead = 请在拍照前对照检查。
prepare-right = 正确
prepare-glasses = 戴眼镜
prepare-light = 光线不均
prepare-hat = 戴帽子
prepare-roll = 头歪斜
prepare-yaw = 没有正对
prepare-blue = 蓝色衣服
prepare-collar = 无领
prepare-eyes = 闭眼
prepare-mouth = 张嘴
prepare-face = 露出双耳、额头和眉毛，头发不遮脸
prepare-ornaments = 不戴耳环、项链等饰物
prepare-clothes = 穿单色有领上衣，不穿蓝色，不露肩
prepare-natural = 不化妆，不戴美瞳，不用美颜
prepare-stand = 站在地面标记处，背离墙约 1 米
prepare-glasses-off = 摘下眼镜
prepare-glasses-clear = 不戴眼镜；确需佩戴时，镜片无色、不反光
prepare-read = 以上要求我都已做到
prepare-start = 开始拍照
prepare-album = 从相册选取
prepare-album-busy = 正在读取图片

## 拍照
capture-title = 请看镜头
capture-view = 摄像头画面（左右与镜子相同）
capture-opening = 正在打开摄像头
capture-lost = 摄像头没有画面
capture-lost-text = 正在恢复。请稍等，或点“客服”呼叫工作人员。
capture-look = 请站到标记处，看向镜头
capture-ready = 很好，请保持不动
capture-counting = { $left } 秒后拍照
capture-taking = 正在拍照
capture-now = 立即拍照
capture-automatic = 符合要求后自动拍照
capture-distance = { $here } 米 · 标记 { $mark } 米
capture-shots = 已拍 { $count } 张
capture-right = 符合要求
capture-wrong = 请调整

## 选片
choose-title = 满意这张照片吗？
choose-lead = 不满意可以重拍，不限次数，不另收费。
choose-photo = 刚拍的照片
choose-shot = 第 { $number } 张
choose-accept = 使用这张
choose-retake = 重拍
choose-brought-title = 使用哪一张？
choose-brought-lead = 这是 U 盘中最新的照片，只保存您选用的那一张。
choose-brought-photo = 您带来的照片
choose-brought-camera = 改为现场拍照

## 标准化
standardize-title = 正在制作标准照片
standardize-lead = 只裁切、换背景、调整整体光线，不修饰面部。
standardize-photo = 正在处理的照片
standardize-progress = 已完成 { $percent }%
stage-face = 查找人脸
stage-geometry = 确定位置和大小
stage-matte = 分离人像与背景
stage-background = 更换背景
stage-encode = 生成标准文件
stage-check = 检查成片

## 不能使用
refused-title = 这张照片还不能用
refused-lead = 按下面的提示调整后重拍，不另收费。
refused-retake = 重拍
refused-help = 呼叫工作人员

## 最后核对
confirm-title = 请仔细核对照片
confirm-lead = 满意请点“提交”；不满意请点“重拍”。
confirm-photo = 您的标准照片
confirm-passed = 通过 { $count } 项检查
confirm-note = 最终结果以人工审核为准。
confirm-submit = 提交
confirm-retake = 重拍
confirm-cancel = 取消
confirm-saving = 正在保存
confirm-imported = 来自相册的照片

## 确认提交
submit-sure-title = 确认提交这张照片？
submit-sure-text = 提交后进入人工审核，审核期间不能自行修改或更换。
submit-sure-yes = 提交
submit-sure-no = 再看看

## 提交成功
farewell-title = 已提交，等待审核
farewell-lead = 审核约需 { $days } 个工作日，预计 { $date } 前完成。
farewell-offline = 照片已安全保存在本机，联网后自动上传。
farewell-number = 提交编号
farewell-next = 接下来
farewell-next-see = 在任何一台设备出示采集码，即可查看结果
farewell-next-retake = 如未通过，可免费重拍
farewell-next-check = 通过后，请到学信网“图像校对”核对照片
farewell-done = 完成

## 查看进度
standing-queued-title = 已提交，等待上传
standing-queued-text = 照片已安全保存，联网后自动上传，请放心离开。
standing-review-title = 审核中
standing-review-text = 审核约需 { $days } 个工作日，预计 { $date } 前完成。
standing-overdue-text = 审核已超过预计时间（{ $date }）。如着急，请点“客服”。
standing-held-title = 需要人工处理
standing-held-text = 提交遇到问题，照片没有丢失。请点“客服”呼叫工作人员。
standing-approved-title = 审核通过
standing-approved-text = 照片已定稿，不能再修改。请到学信网“图像校对”核对。
standing-not-approved-title = 审核未通过
standing-not-approved-text = 请按下面的原因重拍，不另收费。
standing-withdrawn-title = 已撤回
standing-withdrawn-text = 这次提交已撤回。
standing-submitted = 提交时间
standing-reasons = 未通过的原因
standing-note = 审核员留言
standing-change = 信息有误或需要更换照片，请尽快点“客服”。
standing-retake = 免费重拍

## 未通过原因
reason-head-turned = 头部歪斜或没有正对镜头
reason-proportions = 头部过高、过低、过大或过小
reason-eyes = 闭眼或没有看镜头
reason-expression = 嘴唇未闭合、露齿或表情不自然
reason-face-covered = 耳朵、额头或眉毛被遮挡
reason-glasses = 眼镜有色、反光或遮挡眼睛
reason-headwear-ornaments = 戴了帽子、头饰或首饰
reason-light = 光线不均、有阴影或反光
reason-sharpness = 照片模糊
reason-background = 背景不均匀或头发边缘不干净
reason-clothes = 衣服为蓝色、有花纹、无领或露肩
reason-retouched = 化妆过重或经过修饰
reason-another-person = 与学籍本人不符
reason-other = 其他原因

## 客服
help-title = 客服
help-lead = 遇到问题，我们来帮您。
help-phone = 电话
help-hours = 服务时间
help-code = 在线客服二维码
help-scan = 微信扫码，在线咨询
help-call = 呼叫工作人员
help-sending = 正在呼叫
help-filed = 已通知工作人员
help-filed-text = 请在此稍候，您的进度会保留。
help-failed = 呼叫没有成功
help-failed-text = 请拨打上面的电话，或找附近的工作人员。

## 设置
settings-title = 设置
settings-chinese = 中文
settings-english = English
settings-privacy = 隐私说明
settings-privacy-text = 只保存脱敏信息和您提交的照片。离开时，未提交的照片和输入立即清除。
settings-erase = 清除我的数据并离开
settings-erase-text = 已付款和已提交的照片不受影响。
settings-about = { $booth } · 隐私说明版本 { $version }

## 您还在吗
idle-title = 您还在吗？
idle-text = { $seconds } 秒后将结束，并清除屏幕上的信息。
idle-stay = 我还在
idle-leave = 结束

## 离开
leave-title = 要离开吗？
leave-text = 未提交的照片会立即清除。已付的费用仍然有效，下次可以继续。
leave-yes = 离开
leave-no = 继续办理

## 提示
remedy-try-again = 请再试一次
remedy-other-way = 请换一种方式
remedy-attendant = 请联系工作人员
notice-school-not-served = 您的学校没有在本机开放采集
notice-school-not-served-text = 请向学校确认采集地点，或选择其他学校。
notice-collection-closed = 这次采集已经结束
notice-collection-closed-text = 请联系学校，了解补采安排。
notice-collection-not-yet-open = 这次采集还没有开始
notice-collection-not-yet-open-text = 请在采集时间内再来。
notice-no-collection = 没有找到您的采集
notice-no-collection-text = 请核对学校和学历类别。
notice-last-four-locked = 输入次数已用完
notice-last-four-locked-text = 为了保护您的信息，请由工作人员协助。
notice-store-trouble = 本机暂时无法保存数据
notice-store-trouble-text = 请联系工作人员，您的付款不受影响。
notice-store-full = 本机存储空间已满
notice-store-full-text = 请联系工作人员，或换一台设备。
notice-payment-closed = 订单已关闭，没有扣款
notice-payment-closed-text = 可以重新支付。
notice-service-away = 暂时连不上审核平台
notice-service-away-text = 请稍后再试。
notice-camera-gone = 摄像头没有连接
notice-camera-gone-text = 请联系工作人员，您的付款仍然有效。
notice-camera-slow = 没有拍到照片
notice-camera-slow-text = 请再拍一次。
notice-picture-not-found = 没有找到图片
notice-picture-not-found-text = 请插入 U 盘，把 JPG 图片放在最外层文件夹。
notice-picture-not-sent = 没有收到照片
notice-picture-not-sent-text = 请插入存有 JPG 图片的 U 盘，或用手机发送：打开付款页面，点“查看照片进度”，再从手机相册发送照片。发送后请再点一次。
notice-picture-unreadable = 图片无法使用
notice-picture-unreadable-text = 请换一张 JPG 图片，或在本机拍照。
notice-picture-too-old = 照片拍摄时间太早
notice-picture-too-old-text = 学校要求近期照片，请在本机拍照。
notice-import-off = 本次采集不接受相册照片
notice-import-off-text = 请在本机拍照。
notice-import-needs-attendant = 使用相册照片需要工作人员确认
notice-import-needs-attendant-text = 请联系工作人员，或在本机拍照。
notice-standardizing-failed = 照片处理没有完成
notice-standardizing-failed-text = 照片没有丢失，请再试一次。
notice-not-saved = 提交没有保存成功
notice-not-saved-text = 照片没有丢失，请再试一次。

## 暂停服务
paused-title = 暂停服务
paused-lead = 给您带来不便，请使用其他设备或联系工作人员。
paused-attendant = 工作人员信息
paused-config = 配置有误
paused-store = 本机数据库无法读写
paused-records-kept = 未作任何更改。请勿删除该文件:其中未上传的照片可以抢救(gradbooth doctor)。
paused-records-in-use = 另一个 gradbooth 正在使用它。
paused-records-foreign = 该文件不是本程序的数据库。
paused-records-newer = 它由更新的版本写成:请重新安装该版本。
paused-records-damaged = 它已损坏。
paused-records-wrong-key = 它是用另一把密钥加密的:请恢复与之对应的密钥文件。
paused-records-no-key = 无法读取它的密钥。
paused-records-disk = 磁盘不允许:已满、只读或有故障。
paused-worker = 后台任务停止：{ $name }
paused-out-of-service = 工作人员已停用本机
paused-disk = 存储空间不足

## 拍摄要求逐项:做什么
rule-one-face = 请一个人站在镜头前
rule-distance = 请站到地面标记处
rule-distance-much-nearer = 请后退一步
rule-distance-much-farther = 请靠近一步
rule-distance-near = 请后退半步
rule-distance-far = 请靠近半步
rule-colour-cast = 光线偏色，请稍等或呼叫工作人员
rule-exposure = 光线太亮或太暗，请呼叫工作人员
rule-sharpness = 请站稳不动
rule-head-roll = 请把头摆正
rule-face-covered = 请露出整个面部
rule-head-yaw = 请正对镜头
rule-light-even = 脸部光线不均，请正对灯光
rule-head-pitch = 请平视镜头，不抬头不低头
rule-bust = 请站正，露出胸部以上
rule-framing = 请站到画面中间
rule-wall-plain = 背景有杂物，请呼叫工作人员
rule-wall-shadow = 墙上有影子，请离墙远一点
rule-eyes-open = 请睁开眼睛
rule-headwear = 请摘下帽子或头饰
rule-glare = 镜片反光，请摘下眼镜或微调角度
rule-tinted-glasses = 请摘下有色眼镜
rule-glasses = 请摘下眼镜
rule-gaze = 请看镜头
rule-mouth-closed = 请自然闭上嘴唇
rule-retouched = 请使用没有修饰过的照片
rule-expression = 请放松，表情自然
rule-forehead = 请露出额头和眉毛
rule-ears = 请把头发拨到耳后
rule-clothes-blue = 请换下蓝色衣服
rule-clothes-plain = 请穿单色、无花纹的上衣
rule-clothes-contrast = 衣服与背景太接近，请换一件
rule-shoulders = 请放平双肩
rule-collar = 请穿有领的上衣
rule-sleeves = 请穿有袖的上衣
rule-ornaments = 请取下耳环、项链等饰物
rule-make-up = 请不要化浓妆或戴美瞳
rule-wall-distance = 请离墙约 1 米

## 拍摄要求逐项:名称
rulename-one-face = 单人
rulename-distance = 距离
rulename-colour-cast = 色彩
rulename-exposure = 曝光
rulename-sharpness = 清晰度
rulename-head-roll = 头部端正
rulename-face-covered = 面部无遮挡
rulename-head-yaw = 正对镜头
rulename-light-even = 光线均匀
rulename-head-pitch = 平视
rulename-bust = 构图完整
rulename-framing = 居中
rulename-wall-plain = 背景干净
rulename-wall-shadow = 背景无影
rulename-eyes-open = 睁眼
rulename-headwear = 无帽无头饰
rulename-glare = 镜片不反光
rulename-tinted-glasses = 无有色眼镜
rulename-glasses = 眼镜
rulename-gaze = 注视镜头
rulename-mouth-closed = 嘴唇闭合
rulename-retouched = 未修饰
rulename-expression = 表情自然
rulename-forehead = 额头可见
rulename-ears = 双耳可见
rulename-clothes-blue = 非蓝色衣服
rulename-clothes-plain = 单色衣服
rulename-clothes-contrast = 衣服与背景分明
rulename-shoulders = 双肩放平
rulename-collar = 有领
rulename-sleeves = 有袖
rulename-ornaments = 无饰物
rulename-make-up = 无妆
rulename-wall-distance = 离墙 1 米

## 工作人员
admin-pin-title = 工作人员入口
admin-pin-lead = 请输入 PIN 码
admin-pin-typed = PIN 码
admin-pin-wrong = PIN 码不正确
admin-pin-wait = 尝试过多，请等 { $seconds } 秒
admin-enter = 进入
admin-home-title = 本机状态
admin-queue = 上传队列
admin-queue-waiting = 待上传 { $count } 份
admin-queue-held = 需处理 { $count } 份
admin-queue-empty = 队列为空
admin-oldest = 最早提交于 { $when }
admin-camera = 查看摄像头
admin-camera-view = 摄像头画面
admin-camera-size = { $width } × { $height } 像素
admin-camera-none = 没有画面
admin-service = 审核平台
admin-service-online = 已连接
admin-service-offline = 未连接
admin-synced = 上次同步 { $when }
admin-never = 从未同步
admin-retry = 立即重试
admin-retry-one = 重试
admin-out-of-service = 停用本机
admin-in-service = 恢复服务
admin-quit = 退出程序
admin-quit-sure = 确认退出？
admin-quit-text = 本机将停止服务，直到重新启动。
admin-done = 离开管理
admin-column-id = 编号
admin-column-when = 提交时间
admin-column-state = 状态
admin-column-why = 原因
admin-tries = 已尝试 { $count } 次
admin-disk = 剩余空间
admin-key = 记录密钥
admin-key-credential = 由系统保管
admin-key-file = 密钥文件:请保护好本机磁盘
admin-decided = 服务端下发的设置
admin-decided-at = { $when } 的决定
admin-export = 复制到 U 盘
admin-export-text = 仍为加密状态;没有网络时带到审核服务导入
admin-export-done = 已复制 { $count } 份,可以拔出 U 盘。
admin-export-left = 有 { $count } 份由旧版本保存,只能联网上传。
admin-export-no-stick = 没有可写入的 U 盘
admin-forgive = 允许重新输入后四位
admin-forgive-text = 已核对学生证件后使用
admin-import = 允许使用相册照片
admin-import-text = 只对当前学生有效
admin-disk-free = { $gigabytes } GB

# paying without a network, and by other ways
code-problem-acquisition = 这是图像采集码
code-problem-receipt = 这是付款凭证或缴费券
code-problem-certificate = 这是一份证书
code-problem-too-long = 这个码内容太多，不是本系统的码
pay-lead-offline = 本机暂时没有网络，请用手机自己的网络付款。
pay-later-back = 返回
pay-number = 订单号 { $number }
pay-payee = 收款方：{ $payee } · 订单号 { $number }
pay-not-twice = 请勿重复支付，付款后本机会自动继续
pay-view = 实时画面：请将付款凭证对准此处
pay-type-digits = 改为输入九位数字
pay-receipt-page = 已经付款？扫此码取得凭证，再对准摄像头。
pay-receipt-code = 付款凭证二维码
pay-offline = 扫码，在手机上付款，再出示凭证
pay-offline-text = 付款后手机会显示凭证，请将它对准本机摄像头。
pay-digits-title = 输入九位数字
pay-digits-lead = 数字在手机付款凭证的下方。
pay-digits-typed = 已输入的数字
pay-digits-back = 返回二维码
proof-something-else-text = 请出示手机上的付款凭证，或缴费券。
proof-not-genuine = 凭证损坏或无效
proof-not-genuine-text = 请在手机上重新打开付款页面，出示页面上的凭证。
proof-old-key = 凭证版本较旧
proof-old-key-text = 请在手机上重新打开付款页面，会显示新的凭证；或联系工作人员。
proof-campus = 这是其他校区的凭证
proof-campus-text = 请出示在本机付款的凭证。
proof-student = 这是别人的凭证
proof-student-text = 请出示屏幕上这位学生的凭证。
proof-collection = 凭证或缴费券属于另一个采集项目
proof-collection-text = 请返回，选择付款时的采集项目。
proof-amount = 凭证金额与应付金额不同
proof-amount-text = 请联系工作人员，款项不会丢失。
proof-refunded = 这笔付款已退回
proof-refunded-text = 请重新付款，或联系客服。
proof-voucher = 缴费券已被使用
proof-voucher-text = 每张缴费券仅限一名学生使用，请询问发券人。
proof-digits = 数字与本订单不符
proof-digits-text = 还可以尝试 { $tries } 次。
proof-locked = 输入错误次数过多
proof-locked-text = 请将凭证对准摄像头，或联系工作人员。
proof-not-equipped = 本机尚不能核对凭证
proof-not-equipped-text = 请联系工作人员。
proof-no-cash = 这里不能收取现金
proof-no-cash-text = 学校未开放现金，或已达到当日上限。
proof-keys = 已更新密钥
proof-keys-text = 请再次出示付款凭证。
slip-title = 收据编号 { $number }
slip-text = 已收现金，请把编号写在学生的收据上。
slip-noted = 已记下
service-later = 先拍照，后缴费
admin-cash = 已收取现金
admin-cash-text = 有当日上限，并记录在案
admin-calibrate = 标定拍摄环境
admin-calibrated = 标定
admin-calibrated-never = 尚未标定：距离和背景墙未知
admin-scene-fits = 环境与标定时一致
admin-scene-light = 光线已变化：请检查灯光后重新标定
admin-scene-view = 画面已变化：请检查摄像头、灯和墙面后重新标定
admin-excuse = 允许佩戴头巾等
admin-excuse-text = 限宗教或医疗原因
calibrate-mark = 1/3：标定卡放在站位
calibrate-mark-text = 在地面标记正上方竖直举卡，卡面正对镜头。
calibrate-wall = 2/3：标定卡挂在墙上
calibrate-wall-text = 将卡水平挂在站位后方的墙上。
calibrate-empty = 3/3：空无一人的画面
calibrate-empty-text = 取走标定卡，离开画面，从侧面点“采用”。
calibrate-keep = 采用
calibrate-right = 符合要求
calibrate-failed = 保存失败，请再试一次
calibrate-no-card = 请让整张标定卡出现在画面中
calibrate-not-flat = 请让卡面正对镜头
calibrate-no-colour = 摄像头没有颜色，请开灯或关闭夜视模式
calibrate-still-at-mark = 标定卡还没有放到墙上
calibrate-somebody = 画面中有人
calibrate-dark = 光线太暗，请开灯
calibrate-burnt = 墙面过曝，请调暗灯光或曝光
calibrate-uneven = 一侧明显更亮，请调整灯的方向
calibrate-not-plain = 墙上有杂物
calibrate-unsteady = 请等画面稳定
calibrate-wall-distance = 镜头到墙
calibrate-behind = 站位到墙
calibrate-level = 镜头倾斜
calibrate-white = 白平衡
calibrate-fine = 正常
calibrate-tilted = 请调平摄像头
calibrate-tinted = 光线偏色
calibrate-cm = { $cm } 厘米
