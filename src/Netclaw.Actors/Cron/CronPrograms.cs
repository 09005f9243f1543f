using System.Collections.Immutable;
using Netclaw.Actors.Spawning;
using Netclaw.Actors.Trust;
using Netclaw.Actors.Trust.Secrets;
using Netclaw.Protocol;

namespace Netclaw.Actors.Cron;

/// <summary>Runs jobs' commands where runs are started and as the user that they run as, each with a credential that ends with it (trust.md section 4).</summary>
internal sealed class CronPrograms(CronParts parts) : IDisposable
{
    /// <summary>At once; others wait.</summary>
    private const int Most = 32;

    private readonly SemaphoreSlim _room = new(Most);

    /// <param name="scopes">What the job's owner may do now; of these the command is lent some.</param>
    public async Task<ChildEnd> RunAsync(ScheduledJob job, CronRun run, ScopeSet scopes, TimeSpan timeout, CancellationToken cancellation)
    {
        await _room.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            var (directory, outside) = parts.Place.For(job.Spec.Payload.Cwd);
            return outside is not null ? NotStarted(outside) : await RunInAsync(directory, job, run, scopes, timeout, cancellation).ConfigureAwait(false);
        }
        finally
        {
            _room.Release();
        }
    }

    public void Dispose() => _room.Dispose();

    /// <summary>As a run's: read and write unless the job says otherwise, and never more than its owner may.</summary>
    internal static ScopeSet Lent(CronJobSpec spec, ScopeSet scopes) => scopes.Grant(spec.Scopes ?? ScopeSet.ReadWrite);

    private async Task<ChildEnd> RunInAsync(string? directory, ScheduledJob job, CronRun run, ScopeSet scopes, TimeSpan timeout, CancellationToken cancellation)
    {
        var (id, lent, user) = (RunId.New(), Lent(job.Spec, scopes), parts.RunAs ?? parts.Place.OwnUser);
        var variables = ImmutableDictionary<string, string>.Empty;
        if (!lent.IsEmpty)
        {
            var owner = new Principal(AuthMethod.Spawn, Role.Operator, scopes, job.Owner.Device, job.Owner.Subject);
            if (parts.Credentials.Mint(new SpawnRequest(id, owner, lent, timeout, user)) is not SpawnMint.Minted minted)
            {
                return NotStarted("It got no credential: too many programs have one already");
            }

            CronLog.Lent(parts.Log, job.Id, run.Number, id, lent);
            variables = ChildVariables.Of(id, parts.Place.AddressFor(user), minted.Credential);
        }

        try
        {
            return await parts.Programs.RunAsync(
                new ChildStart(job.Spec.Payload.Argv!.Value, directory, variables, timeout, user == parts.Place.OwnUser ? null : user), cancellation).ConfigureAwait(false);
        }
        finally
        {
            End(id, cancellation.IsCancellationRequested);
        }
    }

    /// <summary>Its credential ends with it; when it was not wanted any more, that of whatever it started as well.</summary>
    private void End(RunId id, bool cancelled)
    {
        if (cancelled)
        {
            parts.Credentials.Cancel(id);
        }
        else
        {
            parts.Credentials.End(id);
        }
    }

    private static ChildEnd NotStarted(string problem) => new(null, false, false, "", "", problem);
}
