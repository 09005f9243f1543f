using Netclaw.Cli.Output;
using Netclaw.Cli.Status;
using Netclaw.Protocol;

namespace Netclaw.Cli.Tests.Status;

public sealed class NoticeRowsTests
{
    private const int Wide = 160;

    private static readonly StartNotices Notices = StartNotices.Of(
        [
            new StartNotice("auth_none", "auth.mode", "Every program may read and write.", "Write \"token\".", "none"),
            new StartNotice("external_url_missing", "exposure.externalUrl", "Nobody can be told where to go.", "Write the url."),
            new StartNotice("token_unused", "auth.token", "It is never used.", "Remove it.", "***"),
        ],
        [new StartNotice(StartNotice.OptIn, "exposure.origins", "pages of these origins may connect.", "Remove it from netclaw.json if it is not meant.", "https://app.example.org")]);

    [Fact]
    public void Person_ReadsTheFirstSentences() => Assert.Equal(
        [
            "warnings  3; auth.mode: Every program may read and write. exposure.externalUrl: Nobody can be told where to go. …, all: netclaw status --verbose",
            "opt-ins   1; exposure.origins; more: netclaw status --verbose",
        ], NoticeRows.Add(new Sheet(), Notices, all: false).Lines(Wide));

    [Fact]
    public void Person_ReadsAll_WhenAskedFor() => Assert.Equal(
        [
            "warnings  auth.mode = none: Every program may read and write. Write \"token\".",
            "          exposure.externalUrl: Nobody can be told where to go. Write the url.",
            "          auth.token = ***: It is never used. Remove it.",
            "opt-ins   exposure.origins = https://app.example.org: pages of these origins may connect. Remove it from netclaw.json if it is not meant.",
            "          and 2 more: netclaw config check",
        ], NoticeRows.Add(new Sheet(), Notices with { LeftOut = 2 }, all: true).Lines(Wide));

    [Fact]
    public void Nothing_IsSaid_WhereThereIsNothing()
    {
        Assert.Empty(NoticeRows.Add(new Sheet(), StartNotices.None, all: false).Lines(Wide));
        Assert.Empty(NoticeRows.Add(new Sheet(), null, all: true).Lines(Wide));
    }

    [Fact]
    public void Notices_AreBounded()
    {
        var many = Enumerable.Range(0, 50).Select(number => new StartNotice("opt_in", $"key{number}", new string('x', 1000), "r"));

        var bounded = StartNotices.Of([.. many], []);

        Assert.Equal((StartNotices.Most, 50 - StartNotices.Most), (bounded.Warnings.Length, bounded.LeftOut));
        Assert.All(bounded.Warnings, notice => Assert.Equal(StartNotices.LongestText, notice.Message.Length));
    }
}
