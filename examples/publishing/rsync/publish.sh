#!/bin/sh
# Builds the portal and copies it to a server by SSH. Pages come after what they need, old files go last.
# usage: TARGET=user@host:/srv/portal/public BASE_URL=https://portal.example.go.th/ ./publish.sh
set -eu
: "${TARGET:?say where: TARGET=user@host:/srv/portal/public}"
OUT=${OUT:-public}

sala check --strict
sala build --base-url "${BASE_URL:-}" --out "$OUT"
rsync -rlt --chmod=D755,F644 --exclude='*.html' --exclude='.sala*' "$OUT/" "$TARGET/"
rsync -rlt --chmod=D755,F644 --exclude='.sala*' "$OUT/" "$TARGET/"
rsync -rlt --chmod=D755,F644 --exclude='.sala*' --delete-after "$OUT/" "$TARGET/"
