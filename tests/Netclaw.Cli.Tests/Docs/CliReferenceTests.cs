using System.CommandLine;
using System.Reflection;
using Netclaw.Cli.Commands;
using Netclaw.Cli.Invocation;
using Netclaw.Cli.Output;
using Netclaw.Protocol;

namespace Netclaw.Cli.Tests.Docs;

public sealed class CliReferenceTests
{
    private static string Page => Path.Combine(
        typeof(CliReferenceTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == "RepositoryRoot").Value!, "docs", "cli.md");

    [Fact]
    public void DocsPage_IsInStepWithTheCommandTree()
    {
        if (Environment.GetEnvironmentVariable("NETCLAW_UPDATE_DOCS") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Page)!);
            File.WriteAllText(Page, CliReference.Render());
        }

        Assert.True(File.Exists(Page), Page + " is missing: run with NETCLAW_UPDATE_DOCS=1");
        Assert.Equal(CliReference.Render(), File.ReadAllText(Page));
    }

    [Fact]
    public void EverythingOnTheCommandLine_SaysWhatItDoes()
    {
        var root = CommandTree.Build(new CliHost(
            _ => null, new Terminal { Out = TextWriter.Null, Error = TextWriter.Null, In = TextReader.Null }, TimeProvider.System, "/"));

        Assert.All(Commands(root), command =>
        {
            Assert.False(string.IsNullOrWhiteSpace(command.Description), command.Name);
            Assert.All(command.Options, option => Assert.EndsWith(".", option.Description));
            Assert.All(command.Arguments, argument => Assert.EndsWith(".", argument.Description));
        });
    }

    [Fact]
    public void ExitCodesOfThePage_AreAllThatRefusalsUse()
    {
        var page = CliReference.Render();

        Assert.All(RefusalTable.All, row => Assert.Contains($"`{row.Name}`", page));
        Assert.All(typeof(ExitCodes).GetFields(), field => Assert.Contains($"\n| {field.GetRawConstantValue()} |", page));
    }

    private static IEnumerable<Command> Commands(Command command) => command.Subcommands.SelectMany(Commands).Prepend(command);
}
