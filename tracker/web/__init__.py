"""What every page and form is made of: fields, dates in words, paging, headers, the log line of a request."""
