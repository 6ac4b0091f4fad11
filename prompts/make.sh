#!/usr/bin/env bash
# Speaks every line of pl.txt and en.txt into LANGUAGE/NAME.wav: 8 kHz, mono, A-law, all equally loud. Needs espeak-ng and sox.
# A new prompt is a line there; a real voice may take the place of any file (telecube.media.prompts-directory).
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

loudness=-20 # dB of full scale, the mean power of what is spoken; the converter of uploads aims there too

# say LANGUAGE VOICE NAME TEXT BEFORE AFTER: the words in the telephone's band, without espeak's own silence, between two pauses of so many seconds
say() {
  espeak-ng -v "$2" -s 145 -w "$work/spoken.wav" "$4"
  sox -R "$work/spoken.wav" "$work/plain.wav" gain -6 rate -v 8000 highpass 200 lowpass 3400 \
    silence 1 0.01 0.3% reverse silence 1 0.01 0.3% reverse
  level=$(sox "$work/plain.wav" -n stats 2>&1 | awk '/^RMS lev dB/ { print $4 }')
  sox -R "$work/plain.wav" -c 1 -e a-law "$here/$1/$3.wav" gain -l "$(awk "BEGIN { print $loudness - ($level) }")" pad "$5" "$6"
}

speak() {
  mkdir -p "$here/$1"
  while read -r name kind text; do
    case $kind in
      =) say "$1" "$2" "$name" "$text" 0.3 0.4 ;; # the last pause tells that there is no more
      :) say "$1" "$2" "$name" "$text" 0.03 0.06 ;;
    esac
  done < <(grep -v '^#' "$here/$1.txt")
}

speak pl pl
speak en en-gb
# The tone after which a message is recorded.
for language in pl en; do
  sox -R -n -r 8000 -c 1 -e a-law "$here/$language/beep.wav" synth 0.4 sine 1000 gain -17 fade 0.01 0.4 0.01 pad 0.1 0.1
done
