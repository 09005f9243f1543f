using System.Collections.Immutable;
using Netclaw.Cli.Approvals;
using Netclaw.Cli.Failures;
using Netclaw.Protocol;

namespace Netclaw.Cli.Tests.Approvals;

public sealed class ApprovalSheetsTests
{
    private const string First = "ap_0123456789abcdef";
    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeMilliseconds(1_700_000_000_000);
    private static readonly ImmutableArray<ApprovalDecision> Always = [ApprovalDecision.AllowOnce, ApprovalDecision.AllowAlways, ApprovalDecision.Deny];

    private static readonly PendingExecApproval Asked = Pending(First, new ExecApprovalMatter("/usr/bin/date -u", "node", Always)
    {
        CommandArgv = ["/usr/bin/date", "-u"], ResolvedPath = "/usr/bin/date", Cwd = "/srv", EnvKeys = ["COLOUR", "TZ"], NodeId = new string('a', 64), NodeName = "den",
    });

    [Fact]
    public void ShowsAllThatWouldRun() => Assert.Equal(
        [
            $"id         {First}", "run        /usr/bin/date -u", "on         den (aaaaaaaa)", "file       /usr/bin/date", "in         /srv", "variables  COLOUR TZ", "expires    in 90 s",
        ],
        ApprovalSheets.Sheet(Asked, Now).Lines(80));

    [Fact]
    public void ShowsALongCommandWhole_AndNothingThatMovesTheCursor()
    {
        var words = string.Join(' ', Enumerable.Range(0, 200).Select(number => $"word{number}"));

        var lines = ApprovalSheets.Sheet(Asked with { Request = Asked.Request with { Command = words + " \e[2K\u202e" } }, Now).Lines(60).ToArray();

        Assert.All(Enumerable.Range(0, 200), number => Assert.Contains(lines, line => line.Split(' ').Contains($"word{number}")));
        Assert.All(lines, line => Assert.DoesNotContain(line, symbol => symbol is '\e' or '\u202e'));
    }

    [Fact]
    public void SaysWhereAnAllowanceCannotLast() => Assert.Contains(
        "note     cannot be allowed for ever", ApprovalSheets.Sheet(Pending(First, new ExecApprovalMatter("Send it?", "gateway", [ApprovalDecision.AllowOnce, ApprovalDecision.Deny])), Now).Lines(80));

    [Fact]
    public void OneIsPicked_ByItsId_TheStartOfIt_OrItsNode()
    {
        ImmutableArray<PendingExecApproval> all = [Asked, Pending("ap_zzzzzzzzzzzzzzzz", new ExecApprovalMatter("x", "gateway", Always))];

        Assert.All((string[])[First, "ap_0123", "0123", "den"], typed => Assert.Equal((First, Asked), PickApproval.One(typed, all)));
        Assert.Equal(("ap_1111111111111111", null), PickApproval.One("ap_1111111111111111", all));
        var unknown = Assert.Throws<CommandFailure>(() => PickApproval.One("attic", all));
        Assert.Equal("approval_not_found", unknown.Error.Code);
        Assert.Contains($"{First} (den)", unknown.Message, StringComparison.Ordinal);
        Assert.Equal("ambiguous_name", Assert.Throws<CommandFailure>(() => PickApproval.One("ap_", all)).Error.Code);
    }

    private static PendingExecApproval Pending(string id, ExecApprovalMatter matter) =>
        new(ApprovalId.TryParse(id, out var parsed) ? parsed : throw new ArgumentException("no id"), matter, Now.ToUnixTimeMilliseconds(), Now.AddSeconds(90).ToUnixTimeMilliseconds());
}
