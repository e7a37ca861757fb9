/** Who is to be told when something was appended to a stream; nobody is kept longer than they follow. */
export function createFollowers() {
  const followed = new Map<string, Set<{ onAppended: () => void }>>()

  function follow(stream: string, onAppended: () => void): () => void {
    const follower = { onAppended }
    const followers = followed.get(stream) ?? new Set()
    followed.set(stream, followers.add(follower))
    return () => {
      followers.delete(follower)
      if (followers.size === 0 && followed.get(stream) === followers) followed.delete(stream)
    }
  }

  function tell(stream: string): void {
    const followers = followed.size === 0 ? undefined : followed.get(stream)
    if (followers !== undefined) for (const { onAppended } of followers) onAppended()
  }

  return { follow, tell, count: () => followed.size }
}
