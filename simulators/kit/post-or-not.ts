const DEADLINE_MS = 10_000;

/** Posts a body and says whether the receiver answered 2xx; any trouble on the way is a no. */
export async function postOrNot(
  url: string,
  request: { headers: Record<string, string>; body: string; signal: AbortSignal },
): Promise<boolean> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: request.headers,
      body: request.body,
      redirect: 'manual',
      signal: AbortSignal.any([request.signal, AbortSignal.timeout(DEADLINE_MS)]),
    });
    await response.body?.cancel();
    return response.ok;
  } catch {
    // Not reached, cut off or too slow: all the same to a sender that will try again.
    return false;
  }
}
