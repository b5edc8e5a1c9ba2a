<<<<<<< HEAD
-- The number belongs to a change that is merged beside this one, whose file takes this one's place.
=======
-- Taken by a change that is merged beside this one, whose file replaces this.
>>>>>>> edge
-- Compatible: changes nothing.
SELECT 1;
