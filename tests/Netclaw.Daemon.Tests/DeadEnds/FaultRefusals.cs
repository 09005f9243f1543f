using System.Reflection;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Netclaw.Actors.Devices;
using Netclaw.Actors.Methods;
using Netclaw.Daemon.Lifetime;
using Netclaw.Daemon.Tests.Gauntlet;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Tests.DeadEnds;

/// <summary>Parts of a running gateway that fail.</summary>
internal static class FaultRefusals
{
    public static Dictionary<RefusalCode, Func<Task<Provoked>>> All { get; } = new()
    {
        [RefusalCode.InternalError] = UndecidedAsync,
        [RefusalCode.HandlerUnavailable] = HandlerAsync,
        [RefusalCode.JournalUnavailable] = FullAsync,
    };

    /// <summary>Deciding one command fails.</summary>
    private static async Task<Provoked> UndecidedAsync()
    {
        var broken = false;
        var stage = await Stage.SetAsync("{}", Weakened.Registry((command, state) =>
            broken ? throw new InvalidOperationException("a defect") : DeviceDecider.Decide(command, state)));
        var device = await stage.DeviceAsync();
        broken = true;
        var said = await RenameAsync(stage, device);
        broken = false;
        return new Provoked(stage, said.Failure) { MendAsync = async () => (await RenameAsync(stage, device)).Expect() };
    }

    /// <summary>The handler of one call fails and is started again.</summary>
    private static async Task<Provoked> HandlerAsync()
    {
        var stage = await Stage.SetAsync("{}", services => services.AddSingleton(provider =>
        {
            var facts = DispatchProxy.Create<IDaemonFacts, FailingFacts>();
            ((FailingFacts)facts).Inner = provider.GetRequiredService<DaemonFacts>();
            return facts;
        }));
        var failing = (FailingFacts)stage.Host.Service<IDaemonFacts>();
        failing.Failures = 1;
        return new Provoked(stage, (await stage.Owner.RunAsync("status")).Failure);
    }

    /// <summary>The database takes no more records, until there is room again.</summary>
    private static async Task<Provoked> FullAsync()
    {
        var stage = await Stage.SetAsync("{}");
        var device = await stage.DeviceAsync();
        await FillAsync(stage, full: true);
        return new Provoked(stage, (await RenameAsync(stage, device)).Failure)
        {
            MendAsync = async () =>
            {
                await stage.Host.StopAsync();
                await FillAsync(stage, full: false);
                await ProcessRefusals.StartAsync(stage);
                (await RenameAsync(stage, device)).Expect();
            },
        };
    }

    private static Task<Said> RenameAsync(Stage stage, string device) => stage.Owner.RunAsync("devices", "rename", device, "kitchen");

    /// <param name="full">False: there is room again.</param>
    public static async Task FillAsync(Stage stage, bool full)
    {
        await using var connection = new SqliteConnection($"Data Source={stage.Owner.Home.JournalDatabase};Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        if (full)
        {
            command.CommandText = "CREATE TRIGGER no_room BEFORE INSERT ON journal BEGIN SELECT RAISE(ABORT, 'no room'); END";
        }
        else
        {
            command.CommandText = "DROP TRIGGER no_room";
        }

        await command.ExecuteNonQueryAsync();
    }

    private class FailingFacts : DispatchProxy
    {
        public IDaemonFacts Inner { get; set; } = null!;

        public int Failures { get; set; }

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
            Failures-- > 0 ? throw new InvalidOperationException("a defect") : targetMethod!.Invoke(Inner, args);
    }
}
