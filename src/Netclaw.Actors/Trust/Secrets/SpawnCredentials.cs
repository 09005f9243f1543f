using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Netclaw.Actors.Sessions;
using Netclaw.Protocol;

namespace Netclaw.Actors.Trust.Secrets;

/// <summary>
/// The credentials of children that the daemon starts (trust.md section 4): 256 random bits each, in memory only, so they end with the daemon. A run's
/// credential ends at its time, when the child exits (<see cref="End"/>), or when the child or whoever started it is cancelled (<see cref="Cancel"/>), and
/// with it every session that it opened. Thread-safe.
/// </summary>
public sealed class SpawnCredentials(TimeProvider time, LiveSessions sessions)
{
    /// <summary>Children with a credential at once; more is a runaway.</summary>
    public const int MostRuns = 4096;

    private const int Bytes = 32;
    private const int MostRemembered = 4096;

    private readonly Lock _gate = new();
    private readonly long _origin = time.GetTimestamp();
    private readonly Dictionary<string, SpawnedRun> _byHash = new(StringComparer.Ordinal);
    private readonly Dictionary<RunId, SpawnedRun> _byRun = [];
    private readonly Queue<SpawnedRun> _over = new();

    private TimeSpan Now => time.GetElapsedTime(_origin);

    /// <summary>Makes a credential, unless it would allow more than its parent has, or the parent's own run is over.</summary>
    public SpawnMint Mint(SpawnRequest request)
    {
        var now = Now;
        EndDue();
        lock (_gate)
        {
            if (Problem(request) is { } refused)
            {
                return refused;
            }

            var token = Base64UrlText.Encode(RandomNumberGenerator.GetBytes(Bytes));
            var run = new SpawnedRun(
                new SpawnGrant(request.Run, request.Scopes, request.UserId), request.Parent.Run, HashOf(token), now + request.Lifetime);
            _byHash.Add(run.Hash, run);
            _byRun.Add(request.Run, run);
            return new SpawnMint.Minted(new Secret(token));
        }
    }

    /// <summary>What a presented credential is worth at this moment.</summary>
    /// <returns>The grant goes with <see cref="SpawnVerdict.Valid"/> alone.</returns>
    public (SpawnVerdict Verdict, SpawnGrant? Grant) Verify(Secret? offered)
    {
        if (offered is null)
        {
            return (SpawnVerdict.Absent, null);
        }

        var hash = HashOf(offered.Reveal());
        lock (_gate)
        {
            // Found by a hash that nobody can steer, then compared in constant time all the same.
            if (!_byHash.TryGetValue(hash, out var run) || !CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(hash), Encoding.ASCII.GetBytes(run.Hash)))
            {
                return (SpawnVerdict.Unknown, null);
            }

            return run.State == SpawnVerdict.Valid && run.EndsAt > Now
                ? (SpawnVerdict.Valid, run.Grant)
                : (run.State == SpawnVerdict.Valid ? SpawnVerdict.Expired : run.State, null);
        }
    }

    /// <summary>The child has exited. What it started itself goes on.</summary>
    public void End(RunId run) => Close(Collect(ended => ended.Grant.Run == run), SpawnVerdict.Expired);

    /// <summary>The run was cancelled, and with it everything that it started, and what that started.</summary>
    public void Cancel(RunId run) => Close(Family(run), SpawnVerdict.Revoked);

    /// <summary>Ends what is past its time: a credential is refused at its time by itself, sessions that it opened need to be told.</summary>
    public void EndDue()
    {
        var now = Now;
        Close(Collect(run => run.EndsAt <= now), SpawnVerdict.Expired);
    }

    private SpawnMint.Refused? Problem(SpawnRequest request)
    {
        var excess = new ScopeSet(request.Scopes.Flags & ~request.Parent.Scopes.Expanded.Flags);
        if (!excess.IsEmpty)
        {
            return new SpawnMint.Refused(RefusalCode.MissingScope, $"the parent does not hold {excess}");
        }

        if (request.Lifetime <= TimeSpan.Zero)
        {
            return new SpawnMint.Refused(RefusalCode.InvalidRequest, $"a lifetime of {request.Lifetime} is none");
        }

        if (_byRun.ContainsKey(request.Run))
        {
            return new SpawnMint.Refused(RefusalCode.InvalidRequest, $"{request.Run} has a credential already");
        }

        if (request.Parent.Run is { } parent && !(_byRun.TryGetValue(parent, out var standing) && standing.State == SpawnVerdict.Valid))
        {
            return new SpawnMint.Refused(RefusalCode.SpawnCredentialRevoked, $"{parent} is over and starts nothing any more");
        }

        return _byHash.Count - _over.Count >= MostRuns
            ? new SpawnMint.Refused(RefusalCode.TooManyConnections, string.Create(CultureInfo.InvariantCulture, $"{MostRuns} runs are live"))
            : null;
    }

    private List<SpawnedRun> Collect(Func<SpawnedRun, bool> which)
    {
        lock (_gate)
        {
            return [.. _byRun.Values.Where(run => run.State == SpawnVerdict.Valid && which(run))];
        }
    }

    /// <summary>The run and its descendants, those whose own parent is over included.</summary>
    private List<SpawnedRun> Family(RunId root)
    {
        lock (_gate)
        {
            var family = new HashSet<RunId> { root };
            var byParent = _byRun.Values.Where(run => run.Parent is not null).ToLookup(run => run.Parent!.Value);
            var waiting = new Queue<RunId>(family);
            while (waiting.TryDequeue(out var next))
            {
                foreach (var child in byParent[next].Where(child => family.Add(child.Grant.Run)))
                {
                    waiting.Enqueue(child.Grant.Run);
                }
            }

            return [.. family.Where(_byRun.ContainsKey).Select(run => _byRun[run]).Where(run => run.State == SpawnVerdict.Valid)];
        }
    }

    /// <summary>The credential first, the sessions second: whoever came in with it before is told, whoever comes after is refused.</summary>
    private void Close(List<SpawnedRun> runs, SpawnVerdict state)
    {
        lock (_gate)
        {
            runs.RemoveAll(run => run.State != SpawnVerdict.Valid);
            foreach (var run in runs)
            {
                run.State = state;
                _over.Enqueue(run);
            }

            while (_over.Count > MostRemembered)
            {
                var forgotten = _over.Dequeue();
                _byHash.Remove(forgotten.Hash);
                _byRun.Remove(forgotten.Grant.Run);
            }
        }

        foreach (var run in runs)
        {
            var code = state == SpawnVerdict.Revoked ? RefusalCode.SpawnCredentialRevoked : RefusalCode.SpawnCredentialExpired;
            CredentialEndings.Tell(sessions, new SessionInput.RunEnded(time.GetUtcNow(), run.Grant.Run, code));
        }
    }

    private static string HashOf(string token) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
}
