-- What TLS an attempt went over; absent where it went without, or was made before this column.
ALTER TABLE outcome ADD COLUMN tls TEXT;
