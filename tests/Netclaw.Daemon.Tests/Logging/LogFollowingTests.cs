using System.Diagnostics;
using System.Globalization;
using Netclaw.Cli.Logs;
using Netclaw.Daemon.Logging;
using Netclaw.Protocol;
using Xunit.Abstractions;

namespace Netclaw.Daemon.Tests.Logging;

/// <summary><c>netclaw logs -f</c> against the file that the daemon writes: every line once, whole and in order, however it is rotated.</summary>
public sealed class LogFollowingTests(ITestOutputHelper output) : IDisposable
{
    private readonly TemporaryHome _temporary = new();

    public void Dispose() => _temporary.Dispose();

    /// <summary>
    /// Writes, reads, full disks, cuts and renames of others in any order, the reader looking between any two steps of the writer. What was written is known from the
    /// writer's own answers.
    /// </summary>
    [Fact]
    public void EveryLineIsReadOnceAndWhole_WhateverTheOrder()
    {
        var seed = Environment.TickCount;
        output.WriteLine($"seed {seed.ToString(CultureInfo.InvariantCulture)}");
        var random = new Random(seed);
        var tally = new FollowedLog.Tally();
        for (var round = 0; round < 40; round++)
        {
            using var log = new FollowedLog(Path.Combine(Directory.CreateDirectory(Path.Combine(_temporary.Parent, $"{round}")).FullName, "x.log"), random, tally);
            for (var step = 0; step < 150; step++)
            {
                log.Step();
            }

            log.End();
            Assert.Equal(log.Written, log.ReadWhole);
            Assert.True(log.ReadTorn <= log.Breaks, $"{log.ReadTorn} torn lines after {log.Breaks} writes that broke off");
        }

        output.WriteLine(tally.ToString());
        Assert.True(tally is { Rotations: > 100, Renamed: > 100, Emptied: > 100, Failures: > 100, Cuts: > 100 }, tally.ToString());
    }

    /// <summary>Writer, reader and whoever else renames at the same time, as fast as they can.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task NoLineIsMissedOrRepeated_WhileFilesMove(bool byOthers)
    {
        const int Lines = 2000;
        const int Lead = 80; // below the number of former files: none goes away unread
        var path = Path.Combine(_temporary.Parent, "x.log");
        var read = 0;
        await using var file = new LineFile(path, byOthers ? long.MaxValue : 200, FormerFiles.Most);
        file.Add("line 0");
        var patience = Stopwatch.StartNew();
        SpinWait.SpinUntil(() => File.Exists(path) && new FileInfo(path).Length > 0, TimeSpan.FromSeconds(10));
        using var ended = new CancellationTokenSource();
        var renamed = 0;
        var renaming = byOthers ? Task.Run(() => Rename(path, () => Interlocked.Increment(ref renamed), ended.Token)) : Task.CompletedTask;
        var adding = Task.Run(() =>
        {
            for (var line = 1; line < Lines && patience.Elapsed < TimeSpan.FromSeconds(60); line++)
            {
                SpinWait.SpinUntil(() => line - Volatile.Read(ref read) < Lead, TimeSpan.FromSeconds(60));
                file.Add($"line {line}");
                if (byOthers && line % 10 == 0)
                {
                    var before = Volatile.Read(ref renamed);
                    SpinWait.SpinUntil(() => Volatile.Read(ref renamed) > before, TimeSpan.FromSeconds(60));
                }
            }
        });

        using var tail = new LogTail(path);
        var next = Take(tail.LastLines(Lead), 0);
        while (next < Lines && patience.Elapsed < TimeSpan.FromSeconds(60))
        {
            next = Take(tail.NewLines(), next);
            Volatile.Write(ref read, next);
        }

        await ended.CancelAsync();
        await Task.WhenAll(adding, renaming).WaitAsync(TimeSpan.FromSeconds(60));
        Assert.Equal(Lines, next);
        Assert.Equal(0, file.Lost);

        static int Take(IEnumerable<string> lines, int next)
        {
            foreach (var line in lines)
            {
                Assert.Equal($"line {next++}", line);
            }

            return next;
        }
    }

    private static void Rename(string path, Action renamed, CancellationToken ended)
    {
        while (!ended.IsCancellationRequested)
        {
            if (new FileInfo(path) is { Exists: true, Length: > 0 })
            {
                FollowedLog.MoveUp(path, FormerFiles.Most, () => { });
                File.Move(path, FormerFiles.NameOf(path, 1));
                renamed();
            }

            Thread.Yield();
        }
    }
}
