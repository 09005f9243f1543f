using Netclaw.Actors.Devices;
using Netclaw.Daemon.Tests.Gateway;
using Netclaw.Protocol;
using Netclaw.Testing;

namespace Netclaw.Daemon.Tests.Recovery;

/// <summary>A home with a phone, a backup, and a device that was revoked since; and copies of it in which a full reset was cut short.</summary>
internal sealed class CutReset : IAsyncDisposable
{
    private CutReset(BrokenHome template, TestDevice lost)
    {
        Template = template;
        Lost = lost;
    }

    /// <summary>From one step that is tried to the next: each with <c>NETCLAW_LONG=1</c>, else every fifth, which are odd and even by turns.</summary>
    public static readonly int Stride = TestRun.IsLong ? 1 : 5;

    public BrokenHome Template { get; }

    public TestDevice Phone => Template.Phone!;

    /// <summary>Paired in the backup, revoked in the journal.</summary>
    public TestDevice Lost { get; }

    public static async Task<CutReset> SetUpAsync()
    {
        var home = await BrokenHome.SetUpAsync(paired: true, completed: true);
        await home.StartAsync();
        var lost = new TestDevice("lost");
        await lost.PairAsync(home.Host);
        PrivateDirectory.Ensure(home.Home.BackupsDirectory);
        Assert.Equal(ExitCodes.Ok, (await home.OfflineAsync("backup-create", "--to", Archive(home))).ExitCode);
        await using (var owner = await home.Host.OperatorAsync())
        {
            await owner.CallAsync(
                PairRemoveParams.Method, new PairRemoveParams(lost.Id, "lost"), ProtocolJson.Default.PairRemoveParams, ProtocolJson.Default.PairRemoveResult, CancellationToken.None)
                .WaitAsync(GatewayHost.Bound);
        }

        await home.Host.StopAsync();
        return new CutReset(home, lost);
    }

    /// <summary>A reset loses its power at one of its changes after the other, by <see cref="Stride"/>, and at last comes to its end.</summary>
    public async Task AtEveryStepAsync(Func<BrokenHome, int, Task> then)
    {
        var completed = false;
        for (var step = 1; !completed; step += Stride)
        {
            await using var home = await Template.CopyAsync();
            completed = !await CutAsync(home, step, "recover-reset", "--confirm", await PhraseAsync(home));
            await then(home, step);
            Assert.InRange(step, 1, 120);
        }
    }

    /// <returns>False when it came to its end first.</returns>
    public static async Task<bool> CutAsync(BrokenHome home, int step, params string[] verb)
    {
        var power = new Power(step);
        using var layer = FileCalls.Use(power);
        try
        {
            await home.OfflineAsync(verb);
        }
        catch (IOException)
        {
        }

        return power.IsOut;
    }

    public static bool IsUnderWay(BrokenHome home) => File.Exists(home.Home.ResetOrder);

    public static string Archive(BrokenHome home) => Path.Combine(home.Home.BackupsDirectory, "saved.ncb");

    public static async Task<RecoveryPlanResult> PlanAsync(BrokenHome home) => (await home.OfflineAsync("recover-plan")).Read(ProtocolJson.Default.RecoveryPlanResult);

    public static async Task<string> PhraseAsync(BrokenHome home) => $"reset all pairings on {(await PlanAsync(home)).Gateway}";

    public async ValueTask DisposeAsync()
    {
        await Template.DisposeAsync();
        Lost.Dispose();
    }
}
