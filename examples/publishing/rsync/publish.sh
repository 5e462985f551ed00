#!/bin/sh
# Builds the portal and copies it to a server by SSH. Readers see the old site or the new one, never a mix: the new one is
# copied beside the old, then the link TARGET is turned to it in one step. Nothing but older releases is removed.
# usage: TARGET=user@host:/srv/portal/public BASE_URL=https://portal.example.go.th/ ./publish.sh
# Sites lie in TARGET.releases; TARGET itself becomes a link into it. KEEP says how many releases stay (3).
set -eu
: "${TARGET:?say where: TARGET=user@host:/srv/portal/public}"
OUT=${OUT:-public}
KEEP=${KEEP:-3}

sala check --strict
sala build --strict --base-url "${BASE_URL:-}" --out "$OUT"

case $TARGET in
  *:*) host=${TARGET%%:*}; place=${TARGET#*:}; to=$host: ;;
  *) host=; place=$TARGET; to= ;;
esac
place=${place%/}
quoted="'$(printf %s "$place" | sed "s/'/'\\\\''/g")'"
there() { if [ -n "$host" ]; then ssh "$host" "P=$quoted; $1"; else sh -c "P=$quoted; $1"; fi; }

new=$(date -u +%Y%m%dT%H%M%SZ)
there 'set -e; if [ -e "$P" ] && [ ! -L "$P" ]; then echo "$P is a folder, not a link: move it away once" >&2; exit 3; fi
  mkdir -p "$P.releases"'
old=$(there 'if [ -L "$P" ]; then basename "$(readlink "$P")"; fi')
# Unchanged files are shared with the release before.
rsync -rlt --chmod=D755,F644 --exclude='.sala*' ${old:+--link-dest="../$old"} "$OUT/" "$to$place.releases/$new/"
there "set -e; ln -s \"\$(basename \"\$P\").releases/$new\" \"\$P.new\"; mv -T \"\$P.new\" \"\$P\"; sync
  cd \"\$P.releases\"; ls -1 | grep -E '^[0-9]{8}T[0-9]{6}Z\$' | sort | head -n -$KEEP | while read -r gone; do rm -r -- \"./\$gone\"; done"
