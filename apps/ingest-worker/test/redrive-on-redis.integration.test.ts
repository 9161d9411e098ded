import './on-redis.ts';
import './redrive.integration.test.ts';
