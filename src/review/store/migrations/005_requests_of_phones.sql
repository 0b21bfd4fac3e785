-- A request that a student sent from the page of an order: answered on that page, not at the booth.
ALTER TABLE requests ADD COLUMN order_id TEXT REFERENCES orders (id);
CREATE INDEX requests_by_order ON requests (order_id, came_ms) WHERE order_id IS NOT NULL;
