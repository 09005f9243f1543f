using Netclaw.Actors.Cron;
using Xunit.Abstractions;

namespace Netclaw.Actors.Tests.Cron;

/// <summary>The schedule against a reading of it that looks at every minute.</summary>
public sealed class CronScanTests(ITestOutputHelper output)
{
    private const int Seed = 20261128;

    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Theory]
    [InlineData("Europe/Berlin", "2026-03-27T00:00:00Z")]
    [InlineData("Europe/Berlin", "2026-10-23T00:00:00Z")]
    [InlineData("America/New_York", "2026-03-06T00:00:00Z")]
    [InlineData("America/New_York", "2026-10-30T00:00:00Z")]
    [InlineData("Australia/Lord_Howe", "2026-04-03T00:00:00Z")]
    public void AgreesWithAScanOfEveryMinute_AroundAChangeOfTheClock(string name, string from)
    {
        output.WriteLine($"seed {Seed}");
        var random = new Random(Seed);
        var zone = TimeZoneInfo.FindSystemTimeZoneById(name);
        var start = DateTimeOffset.Parse(from, System.Globalization.CultureInfo.InvariantCulture);
        for (var round = 0; round < 60; round++)
        {
            HashSet<int> minutes = [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => random.Next(60))];
            HashSet<int> hours = random.Next(3) == 0 ? [.. Enumerable.Range(0, 24)] : [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => random.Next(5))];
            var text = $"{string.Join(',', minutes)} {(hours.Count == 24 ? "*" : string.Join(',', hours))} * * *";
            var schedule = CronScheduleTests.Cron(text, name);
            List<DateTimeOffset> found = [];
            for (var next = schedule.NextAfter(start, "job"); next is { } time && time <= start.AddDays(4); next = schedule.NextAfter(time, "job"))
            {
                found.Add(time);
            }

            Assert.True(Scan(zone, start, minutes, hours).SequenceEqual(found), $"seed {Seed}, round {round}: {text} in {name}");
        }
    }

    private static IEnumerable<DateTimeOffset> Scan(TimeZoneInfo zone, DateTimeOffset start, HashSet<int> minutes, HashSet<int> hours)
    {
        var byClock = hours.Count < 24;
        for (var time = start + Minute; time <= start.AddDays(4); time += Minute)
        {
            var wall = TimeZoneInfo.ConvertTime(time, zone).DateTime;
            var jumped = zone.GetUtcOffset(time) - zone.GetUtcOffset(time - Minute);
            var matches = Matches(wall) && !(byClock && zone.IsAmbiguousTime(wall) && zone.GetUtcOffset(time) == zone.GetAmbiguousTimeOffsets(wall).Min());
            for (var missed = Minute; byClock && missed <= jumped; missed += Minute)
            {
                matches |= Matches(wall - missed);
            }

            if (matches)
            {
                yield return time;
            }
        }

        bool Matches(DateTime wall) => minutes.Contains(wall.Minute) && hours.Contains(wall.Hour);
    }
}
