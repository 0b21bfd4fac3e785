#!/bin/sh
# Makes the booth's voice anew: `assets/voice/make.sh`, with Debian's espeak-ng and sox. The clips are committed, so
# that no booth and no build needs either. Sentences are the screen's own, shortened for the ear.
set -eu
cd "$(dirname "$0")/clips"
mkdir -p en zh-CN sounds

say() { # folder, voice, speed, name, words
    espeak-ng -v "$2" -s "$3" -g 2 -w /tmp/gradbooth-clip.wav "$5"
    sox -q /tmp/gradbooth-clip.wav -t raw -e mu-law -b 8 -r 8000 -c 1 "$1/$4.ulaw" silence 1 0.02 0.5% reverse silence 1 0.02 0.5% reverse pad 0 0.05 norm -3
}

while IFS='|' read -r name english chinese; do
    say en en-gb+f3 145 "$name" "$english"
    say zh-CN cmn+f3 230 "$name" "$chinese"
done <<'WORDS'
one_face|One person only, please.|请只留一个人
come_closer|Half a step closer, please.|请靠近半步
step_back|Half a step back, please.|请后退半步
colour_cast|The light is coloured. Please wait.|光线偏色，请稍等
exposure|The light is not right. Please call the attendant.|光线不合适，请呼叫工作人员
sharpness|Please hold still.|请保持不动
head_roll|Head upright, please.|请把头摆正
face_covered|Please show your whole face.|请露出整张脸
head_yaw|Please face the camera.|请正对镜头
light_even|Please face the lights.|请面向灯光
hair_height|Your hair stands too high.|头发请放低一些
bust|Please stand straight.|请站直
framing|To the middle, please.|请站到中间
wall_plain|There is something behind you.|身后有杂物
wall_shadow|Please step away from the wall.|请离墙远一点
eyes_open|Please open your eyes.|请睁开眼睛
headwear|Please take off your hat.|请摘下帽子
glare|Your glasses reflect.|眼镜反光
tinted_glasses|Please take off the tinted glasses.|请摘下有色眼镜
gaze|Please look at the camera.|请看镜头
mouth_closed|Please close your lips.|请闭上嘴
clothes_blue|Please change the blue clothes.|请换掉蓝色衣服
clothes_plain|A plain top, please.|请穿单色上衣
clothes_contrast|Please change your top.|请更换上衣
hold_still|Very good. Hold still.|很好，请保持不动
WORDS

sox -q -n -t raw -e mu-law -b 8 -r 8000 -c 1 sounds/tick.ulaw synth 0.07 sine 1000 fade 0.005 0.07 0.04 gain -8
sox -q -n -t raw -e mu-law -b 8 -r 8000 -c 1 sounds/shutter.ulaw synth 0.16 whitenoise fade 0.001 0.16 0.13 lowpass 3500 gain -6
sox -q -n -t raw -e mu-law -b 8 -r 8000 -c 1 sounds/success.ulaw synth 0.30 sine 660:990 fade 0.01 0.30 0.15 gain -9
sox -q -n -t raw -e mu-law -b 8 -r 8000 -c 1 sounds/attention.ulaw synth 0.30 sine 520:390 fade 0.01 0.30 0.15 gain -9
