-- The token of an invitation stays for the console's page until a booth has answered; then only its hash is left.
ALTER TABLE invitations ADD COLUMN token TEXT;
