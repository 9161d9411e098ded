import { defaultShouldDehydrateQuery, QueryCache, QueryClient, MutationCache } from '@tanstack/react-query';
import { deserialize, serialize } from 'superjson';
import { failureOf } from './failure.ts';

/** @param onFailure hears of every query and mutation that failed for good. */
export function makeQueryClient(onFailure?: (error: unknown) => void): QueryClient {
  return new QueryClient({
    ...(onFailure && {
      queryCache: new QueryCache({ onError: onFailure }),
      mutationCache: new MutationCache({ onError: onFailure }),
    }),
    defaultOptions: {
      queries: {
        // What the server has just put into the page is not fetched again when the page wakes up.
        staleTime: 20_000,
        retry: (failures, error) => failures < 2 && failureOf(error).retriable,
      },
      dehydrate: { serializeData: serialize, shouldDehydrateQuery: defaultShouldDehydrateQuery },
      hydrate: { deserializeData: deserialize },
    },
  });
}
