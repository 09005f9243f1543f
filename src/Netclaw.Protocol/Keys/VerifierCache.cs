using System.Security.Cryptography;

namespace Netclaw.Protocol;

/// <summary>
/// Imported keys, kept because importing a point costs about three times as much as one verification with it. Bounded: two generations of
/// <paramref name="generationSize"/> keys; when the young one is full it becomes the old one and the old one is let go, so that a key used
/// now and then stays and a flood of strangers' keys costs no more than no cache at all. Let-go keys are released by their finalizer, as another
/// thread may still be verifying with them.
/// </summary>
internal sealed class VerifierCache(int generationSize)
{
    private readonly Lock _gate = new();
    private Dictionary<PublicKey, ECDsa> _young = [];
    private Dictionary<PublicKey, ECDsa> _old = [];

    /// <summary>How many keys are kept, at most twice the generation's size.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _young.Count + _old.Count;
            }
        }
    }

    public ECDsa? Find(PublicKey key)
    {
        lock (_gate)
        {
            if (_young.TryGetValue(key, out var verifier))
            {
                return verifier;
            }

            if (_old.Remove(key, out verifier))
            {
                Keep(key, verifier);
            }

            return verifier;
        }
    }

    public void Remember(PublicKey key, ECDsa verifier)
    {
        lock (_gate)
        {
            _old.Remove(key);
            Keep(key, verifier);
        }
    }

    private void Keep(PublicKey key, ECDsa verifier)
    {
        if (_young.Count >= generationSize && !_young.ContainsKey(key))
        {
            (_old, _young) = (_young, []);
        }

        _young[key] = verifier;
    }
}
