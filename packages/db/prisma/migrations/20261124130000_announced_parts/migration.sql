-- The file of the dataset that was taken in with the content this one's sender announced, where the dataset skips such.
-- Only of a body that S3 held to the announced digest: the digest of an upload in parts is its sender's word until the worker
-- has read the file, and nothing is left unread on a word.
CREATE OR REPLACE FUNCTION find_announced_content(held arrival) RETURNS uuid
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
AS $$
  SELECT e.id FROM upload u
    JOIN dataset d ON d.id = held.dataset_id AND d.definition ->> 'sameContent' = 'skip'
    JOIN arrival e ON e.dataset_id = d.id AND e.checksum_sha256 = u.sha256 AND e.state = 'taken_in'
   WHERE u.id = held.upload_id AND u.part_size_bytes IS NULL
   ORDER BY e.position LIMIT 1
$$;
