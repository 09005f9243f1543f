using Netclaw.EndToEnd.Tests.Proxies.Fronts;
using Netclaw.EndToEnd.Tests.Recovering;

namespace Netclaw.EndToEnd.Tests;

/// <summary>docs/guides/recovery.md: each situation is made, the blocks that are for it are typed as they stand, and then access has to be back and the phone what it was.</summary>
public sealed class RecoveryGuideTests(Attic attic) : IClassFixture<Attic>
{
    private static readonly string Guide = File.ReadAllText(Path.Combine(Repository.Root, "docs", "guides", "recovery.md"));

    private static readonly GuideBlock[] Blocks = GuideBlock.Read(Guide);

    private static readonly string[] Names = [.. Blocks.SelectMany(block => block.Situations).Distinct().Where(name => name != GuideBlock.Always)];

    public static TheoryData<string> Named => [.. Names];

    [Theory]
    [MemberData(nameof(Named))]
    public async Task EveryBlock_LeadsOut_OfTheSituationThatItIsFor(string name)
    {
        var situation = Assert.Single(Situations.All, each => each.Name == name);
        var always = string.Concat(Blocks.Where(block => block.Situations.Contains(GuideBlock.Always)).Select(block => block.Command));
        await using var scene = await Scene.SetAsync(attic, situation.IsRunning);
        await situation.Make(scene);
        if (situation.Refusal is { } code)
        {
            Assert.Equal(code, (await scene.Gateway.RunAsync("up", "--json")).Code());
            Assert.Contains($"`{code}`", Guide, StringComparison.Ordinal);
        }

        foreach (var (at, block) in Blocks.Where(block => block.Situations.Contains(name)).Index())
        {
            await scene.TypeAsync(block, always);
            await situation.Between(scene, at);
        }

        await situation.IsOver(scene);
    }

    [Fact]
    public void EverySituation_IsInTheGuide() => Assert.Equal(Situations.All.Select(situation => situation.Name).Order(StringComparer.Ordinal), Names.Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("```sh\nnetclaw up\n```\n")]
    [InlineData("<!-- situation: a -->\n```sh\nnetclaw up\n```\n\n```sh\nnetclaw down\n```\n")]
    public void ABlockWithoutASituation_IsRefused(string guide) => Assert.Throws<InvalidOperationException>(() => GuideBlock.Read(guide));
}
