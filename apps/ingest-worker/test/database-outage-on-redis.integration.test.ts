import './on-redis.ts';
import './database-outage.integration.test.ts';
