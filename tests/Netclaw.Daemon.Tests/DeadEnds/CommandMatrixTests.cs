using System.CommandLine;
using Netclaw.Cli.Commands;
using Netclaw.Cli.Invocation;
using Netclaw.Cli.Output;
using Netclaw.Daemon.Tests.Gateway;

namespace Netclaw.Daemon.Tests.DeadEnds;

/// <summary>Every command in every exposure mode with every credential, run for real. docs/command-matrix.md is what came out.</summary>
public sealed class CommandMatrixTests
{
    private static string Page => Path.Combine(DocumentedPages.Root, "docs", "command-matrix.md");

    public static TheoryData<string> EveryMode => new(from exposure in Exposure.All from auth in exposure.AuthModes select $"{exposure.Name} with {auth}");

    [Fact]
    public void EveryCommand_IsInTheMatrix()
    {
        var root = CommandTree.Build(new CliHost(
            _ => null, new Terminal { Out = TextWriter.Null, Error = TextWriter.Null, In = TextReader.Null }, TimeProvider.System, "/"));
        var listed = GatewayCommand.All.Select(command => command.Name).Concat(HomeCommand.All.Select(command => command.Name)).Concat(PairingSide);

        Assert.Equal(Leaves(root, "").Order(StringComparer.Ordinal), listed.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Document_IsWhatRunningEveryCellGives()
    {
        var cells = new CellSheet();
        await Parallel.ForEachAsync(Exposure.All, new ParallelOptions { MaxDegreeOfParallelism = 2 }, async (exposure, _) =>
        {
            await OfGatewayAsync(exposure, cells);
            await OfHomeAsync(exposure, cells);
        });

        Assert.All(Exposure.All, exposure => Assert.All(GatewayCommand.All, command =>
            Assert.Equal("yes", cells.Of(exposure.Name, command.Name, CredentialColumn.Control))));
        Assert.All(Exposure.All, exposure => Assert.All(HomeCommand.All, command => Assert.Equal("yes", cells.Of(exposure.Name, command.Name, ""))));
        Assert.All(Exposure.All, exposure => Assert.All(GatewayCommand.All, command =>
            Assert.NotEqual("yes", cells.Of(exposure.Name, command.Name, "none"))));
        DocumentedPages.Holds(Page, MatrixPage.Markdown(cells));
    }

    [Theory]
    [MemberData(nameof(EveryMode))]
    public async Task Owner_IsServedThroughTheControlSocket_WhateverTheModes(string mode)
    {
        var (exposure, auth) = mode.Split(" with ") is [var first, var second] ? (first, second) : default;
        await using var stage = await Stage.SetAsync(Exposure.All.Single(one => one.Name == exposure).Config(auth));

        foreach (var command in GatewayCommand.All)
        {
            var said = await stage.Owner.RunAsync([.. command.Name.Split(' '), .. await command.ArgumentsAsync(stage)]);
            Assert.True(said.Done, said.ToString());
        }
    }

    /// <summary>The device's side of pairing, a node's too: it makes a credential and needs none.</summary>
    private static string[] PairingSide => ["pair", "node run"];

    private static async Task OfGatewayAsync(Exposure exposure, CellSheet cells)
    {
        await using var stage = await Stage.SetAsync(exposure.Config());
        foreach (var column in CredentialColumn.All)
        {
            var (who, options) = await column.TakeAsync(stage);
            foreach (var command in GatewayCommand.All)
            {
                var said = await who.RunAsync([.. command.Name.Split(' '), .. await command.ArgumentsAsync(stage), .. options]);
                cells.Add(exposure.Name, command.Name, column.Name, said.Cell);
            }
        }
    }

    private static async Task OfHomeAsync(Exposure exposure, CellSheet cells)
    {
        using var home = new TemporaryHome();
        home.WriteConfig(exposure.Config());
        var owner = new Person(home.Home);
        try
        {
            foreach (var command in HomeCommand.All)
            {
                cells.Add(exposure.Name, command.Name, "", command.Name == "daemon run" ? await ForegroundAsync(owner, command) : await OnceAsync(owner, command));
            }
        }
        finally
        {
            await owner.ProcessAsync(null, "down", "--force");
        }
    }

    private static async Task<string> OnceAsync(Person owner, HomeCommand command)
    {
        if (command.Arguments.Contains("<devices>"))
        {
            using var earlier = new Importing.EarlierGateway();
            return (await owner.ProcessAsync(null, [.. command.Name.Split(' '), earlier.WithDevices(false, "phone").Devices])).Cell;
        }

        var bound = command.Arguments.Contains("<bound>")
            ? (await owner.ProcessAsync(null, "status")).Expect().Json.GetProperty("daemon").GetProperty("endpoints")[0].GetString()! : "";
        return (await owner.ProcessAsync(command.Input, [.. command.Name.Split(' '), .. command.Arguments.Select(argument => argument switch
        {
            "<bound>" => bound,
            "<backup>" => Path.Combine(owner.Home.BackupsDirectory, "matrix.ncb"),
            "<unpacked>" => Path.Combine(owner.Home.Root, "unpacked"),
            _ => argument,
        })])).Cell;
    }

    private static async Task<string> ForegroundAsync(Person owner, HomeCommand command)
    {
        using var running = owner.Start([.. command.Name.Split(' '), .. command.Arguments]);
        using var bound = new CancellationTokenSource(GatewayHost.Bound);
        Said status;
        do
        {
            Assert.False(running.HasExited, "netclaw daemon run has ended");
            await Task.Delay(50, bound.Token);
            status = await owner.ProcessAsync(null, "daemon", "status");
        }
        while (status.ExitCode != 0 || !status.Json.GetProperty("ready").GetBoolean());

        return status.Cell;
    }

    private static IEnumerable<string> Leaves(Command command, string path) =>
        (path.Length > 0 && (command.Subcommands.Count == 0 || command.Action is not null) ? new[] { path } : [])
        .Concat(command.Subcommands.Where(sub => !sub.Hidden).SelectMany(sub => Leaves(sub, path.Length == 0 ? sub.Name : $"{path} {sub.Name}")));
}
