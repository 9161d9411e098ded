import './on-redis.ts';
import './faults.integration.test.ts';
