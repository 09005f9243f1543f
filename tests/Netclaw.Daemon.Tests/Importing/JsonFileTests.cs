using System.Text;
using Netclaw.Daemon.Importing;

namespace Netclaw.Daemon.Tests.Importing;

public sealed class JsonFileTests
{
    public static TheoryData<string, string, string> Damaged => new()
    {
        { "empty", "", "line 1, column 1: the file is empty" },
        { "blank", " \n\t\n", "line 1, column 1: the file is empty" },
        { "cut off in a text", "[\n  {\"name\": \"pho", "line 2, column 16: the JSON breaks off" },
        { "cut off in an object", "[\n  {\"name\": \"phone\"", "line 2, column 19: the JSON breaks off" },
        { "cut off after a comma", "[{},", "line 1, column 4: the JSON breaks off" },
        { "no JSON", "devices:\n- a", "line 1, column 1: the JSON breaks off" },
        { "a comment", "[\n// none\n]", "line 2, column 1: the JSON breaks off" },
        { "two values", "[]\n[]", "line 2, column 1: the JSON breaks off" },
        { "a name twice", "[{\"é\": 1,\n \"salt\": 2, \"salt\": 3}]", "line 2, column 13: this name stands in the same object before" },
        { "a name twice in two spellings", "{\"a\": 1, \"\\u0061\": 2}", "line 1, column 10: this name stands" },
        { "too deep", new string('[', 17) + new string(']', 17), "line 1, column 17: the JSON breaks off or is malformed" },
        { "a text too long", $"[\n \"{new string('x', 4097)}\"]", "line 2, column 2: this text is longer than 4096 bytes" },
        { "half a character", "[\n\"\\ud800\"]", "line 2, column 1: this text holds half a character" },
    };

    [Theory]
    [MemberData(nameof(Damaged))]
    public void Refuses_WithLineAndColumn_When(string what, string text, string seen)
    {
        var refused = Assert.Throws<DamagedFileException>(() => JsonFile.Read("devices.json", Encoding.UTF8.GetBytes(text)));

        Assert.True(refused.Message.Contains("devices.json, " + seen, StringComparison.Ordinal), $"{what}: {refused.Message}");
    }

    [Fact]
    public void Refuses_WhatIsNotUtf8_WhereItBegins()
    {
        var refused = Assert.Throws<DamagedFileException>(() => JsonFile.Read("devices.json", [.. "[\n\"ab"u8, 0xff, .. "\"]"u8]));

        Assert.Equal((2, 4), (refused.Line, refused.Column));
    }

    [Fact]
    public void EveryTruncation_OfAGoodFile_IsRefused()
    {
        var good = Encoding.UTF8.GetBytes("[" + EarlierGateway.Entry("phone").ToJsonString() + "]");

        for (var length = 0; length < good.Length; length++)
        {
            var cut = good[..length];
            Assert.Throws<DamagedFileException>(() => JsonFile.Read("devices.json", cut));
        }
    }

    [Fact]
    public void Reads_PastAByteOrderMark() => Assert.IsType<JsonSpot.List>(JsonFile.Read("devices.json", [0xef, 0xbb, 0xbf, .. "[]"u8]).Root);
}
