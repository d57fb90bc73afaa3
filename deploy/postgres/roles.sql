-- The database's two roles; run once, by the superuser, when the data folder is new.
-- animesync_owner changes the schema (only `migrate` has its password); animesync_app reads and writes rows.
\set ON_ERROR_STOP on
\getenv owner_password OWNER_PASSWORD
\getenv app_password APP_PASSWORD

CREATE ROLE animesync_owner LOGIN PASSWORD :'owner_password';
CREATE ROLE animesync_app LOGIN PASSWORD :'app_password' CONNECTION LIMIT 200;

CREATE DATABASE animesync OWNER animesync_owner;
REVOKE ALL ON DATABASE animesync FROM PUBLIC;
GRANT CONNECT ON DATABASE animesync TO animesync_app;

\connect animesync
ALTER SCHEMA public OWNER TO animesync_owner;
REVOKE ALL ON SCHEMA public FROM PUBLIC;
-- What the app's role may do with the tables, `migrate` grants after it made them.
