#!/usr/bin/env bash
# Speaks the voice prompts into prompts/LANGUAGE/NAME.wav: 8 kHz, mono, 16 bit. Needs espeak-ng and sox.
# A new prompt is a line below and its files; a real voice may take the place of any of them (telecube.media.prompts-directory).
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# say LANGUAGE VOICE NAME TEXT: a short pause, the words at telephone level, a pause that tells that there is no more
say() {
  mkdir -p "$here/$1"
  espeak-ng -v "$2" -s 145 -w "$work/spoken.wav" "$4"
  sox -R "$work/spoken.wav" -r 8000 -c 1 -b 16 "$here/$1/$3.wav" highpass 200 lowpass 3400 norm -6 pad 0.3 0.4
}

say pl pl not-assigned "Numer nie jest przypisany."
say en en-gb not-assigned "The number is not assigned."
