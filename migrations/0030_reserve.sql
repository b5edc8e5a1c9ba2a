-- The number belongs to a change that is merged beside this one.
-- Compatible: changes nothing.
SELECT 1;
