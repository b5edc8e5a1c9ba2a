-- Callbacks that a contract declares: events that go to one address alone, which the call has named
-- ({"method", "url", "inbox"}), in place of the endpoints that ask for their type
-- (docs/decisions/0029). Their deliveries belong to an endpoint of the sandbox that has its id.
-- Compatible: old code writes neither column and makes no such events. It would send a delivery with
-- a target to its endpoint's URL, which is empty and cannot be called: a failed attempt, tried again.
ALTER TABLE sbx.events ADD COLUMN target json;
ALTER TABLE sbx.deliveries ADD COLUMN target json;
