/**
 * Sending one file, step by step, to be pasted into bash. README.md tells the same commands; a test sees to that, and another
 * runs them.
 */
export const quickStart = {
  prepare: `set -o pipefail
file=.hikyaku/demo-files/cities-with-3-bad-lines.csv

# curl with the token, which so stands in no list of processes
hikyaku() {
  curl --silent --show-error --fail-with-body --header "Accept-Language: en" \\
    --header @<(echo "Authorization: Bearer $HIKYAKU_TOKEN") "\${@:2}" "$HIKYAKU_URL/v1/$1"
}`,
  begin: `upload=$(hikyaku uploads --header "Content-Type: application/json" \\
  --header "Idempotency-Key: cities-$(sha256sum < "$file" | cut --characters=-64)" \\
  --data "$(jq --null-input --arg fileName "$(basename "$file")" --argjson sizeBytes "$(stat --format=%s "$file")" \\
    '{dataset: "cities", $fileName, $sizeBytes}')") || { echo "$upload"; false; }`,
  send: `if url=$(jq --exit-status --raw-output .put.url <<< "$upload"); then
  curl --silent --show-error --fail-with-body --upload-file "$file" \\
    --header @<(jq --raw-output '.put.headers | to_entries[] | "\\(.key): \\(.value)"' <<< "$upload") "$url"
fi
id=$(jq --raw-output .uploadId <<< "$upload")
hikyaku "uploads/$id/complete" --request POST | jq --raw-output .stateText`,
  wait: `while result=$(hikyaku "uploads/$id?wait=30") &&
  jq --exit-status '.isSettled | not' <<< "$result" > /dev/null; do :; done
jq '{state, stateText, counts, cause}' <<< "$result"`,
  rejects: `hikyaku "uploads/$id/rejects" | jq --raw-output '.items[].text'
if jq --exit-status '.counts.rejected > 0' <<< "$result" > /dev/null; then
  hikyaku "uploads/$id/rejects.csv" > refused.csv
fi`,
} as const;
