import type { ChatHubClient, Request } from '@chathub/client';
import { limits } from '@chathub/client';

/** Deletes the requests, in calls of the size that the server takes. @returns the ids of those that it deleted. */
export async function deleteRequests(client: ChatHubClient, requests: readonly Request[]): Promise<string[]> {
  const removed: string[] = [];
  for (let at = 0; at < requests.length; at += limits.deleteRequestsMax) {
    const requestIds = requests.slice(at, at + limits.deleteRequestsMax).map((request) => request.requestId);
    removed.push(...(await client.hub.DeleteRequests({ requestIds })).requestIds);
  }
  return removed;
}

/** Deletes a whole folder up to its newest request, however many it holds. One that arrives meanwhile stays. */
export async function deleteFolder(client: ChatHubClient, folder: 'main' | 'filtered', newest: Request): Promise<string[]> {
  const removed: string[] = [];
  for (;;) {
    const { requestIds } = await client.hub.DeleteRequests({ folder, upToRequestId: newest.requestId });
    if (requestIds.length === 0) return removed;
    removed.push(...requestIds);
  }
}

/** Brings deleted requests back, one after another; those that ended meanwhile stay away. */
export async function restoreRequests(client: ChatHubClient, requestIds: readonly string[]): Promise<void> {
  for (const requestId of requestIds) {
    try {
      await client.hub.RestoreRequest({ requestId });
    } catch (error) {
      if (!['request_closed', 'request_not_found', 'you_blocked_user'].includes((error as { code?: string }).code ?? '')) throw error;
    }
  }
}
