import './on-redis.ts';
import './take-in.integration.test.ts';
