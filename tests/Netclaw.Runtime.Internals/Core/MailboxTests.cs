using Akka.Actor;
using Akka.Dispatch;

namespace Netclaw.Runtime.Internals.Core;

/// <summary>The queue of a mailbox, written by many and read by the test in place of the actor.</summary>
public sealed class MailboxTests : CoreSystem
{
    private readonly MessageDispatcher dispatcher = new ThreadPoolDispatcher("never-used", 1) { Segments = new SegmentPool(new StandingTime()) };

    [Fact]
    public async Task Keeps_EveryMessageInOrderPerWriter()
    {
        const int Writers = 4, Each = 50_000;
        var mailbox = NewMailbox();
        var reader = default(MailboxReader);
        var writing = Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(() =>
        {
            for (var i = 0; i < Each; i++)
                mailbox.Post((writer, i), null);
        })));
        var next = new int[Writers];
        var read = 0;
        while (read < Writers * Each)
        {
            if (!reader.TryRead(mailbox, out var message, out _))
            {
                if (writing.IsCompleted)
                    Assert.True(reader.HasMessages(mailbox), $"only {read} arrived");
                await Task.Yield();
                continue;
            }

            var (writer, number) = ((int, int))message;
            Assert.Equal(next[writer]++, number);
            read++;
        }

        await writing;
        Assert.False(reader.HasMessages(mailbox));
    }

    [Fact]
    public void Allocates_Nothing_WhileTheReaderKeepsUp()
    {
        var mailbox = NewMailbox();
        var reader = default(MailboxReader);
        var message = new object();
        Pass(mailbox, ref reader, message, 10_000);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Pass(mailbox, ref reader, message, 1_000_000);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000);
    }

    [Fact]
    public void Allocates_Nothing_InAFloodThatOutrunsItsReader_AfterTheFirst()
    {
        const int Flood = 1_000_000;
        var mailbox = NewMailbox();
        var reader = default(MailboxReader);
        var message = new object();
        Inundate(mailbox, ref reader, message, Flood + (2 * SegmentPool.SegmentLength));
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 3; i++)
            Inundate(mailbox, ref reader, message, Flood);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000);
    }

    [Fact]
    public void SegmentsOfOneMailbox_ServeAnother()
    {
        var message = new object();
        var reader = default(MailboxReader);
        Inundate(NewMailbox(), ref reader, message, 100_000);
        var other = NewMailbox();
        var otherReader = default(MailboxReader);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Inundate(other, ref otherReader, message, 90_000);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 8_000); // its first three, which are shorter
    }

    [Fact]
    public void Writer_WhoseSegmentWentToAnotherMailbox_WritesInItsOwn()
    {
        MailboxReader reader = default, otherReader = default;
        var (mailbox, other) = (NewMailbox(), NewMailbox());
        Inundate(mailbox, ref reader, "fill", 168); // the short ones; what follows is of full length
        mailbox.Post("first", null);
        var stale = mailbox.Last!;
        for (var i = 1; i <= SegmentPool.SegmentLength; i++)
            mailbox.Post("fill", null);
        Drain(mailbox, ref reader);
        Inundate(other, ref otherReader, "fill", 168);
        other.Post("before", null);
        Assert.Same(stale, other.Last);

        Assert.False(mailbox.TryWrite(stale, "stale", null));
        other.Post("after", null);

        Assert.Equal(["before", "after"], Drain(other, ref otherReader));
        Assert.Empty(Drain(mailbox, ref reader));
        Assert.False(otherReader.HasMessages(other));
    }

    [Fact]
    public async Task Keeps_EveryMessageInOrderPerWriter_WhileSegmentsGoFromMailboxToMailbox()
    {
        const int Writers = 4, Mailboxes = 8, Rounds = 40, Burst = 3_000;
        var mailboxes = Enumerable.Range(0, Mailboxes).Select(_ => NewMailbox()).ToArray();
        var writing = Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(() =>
        {
            for (var round = 0; round < Rounds; round++)
            {
                for (var i = 0; i < Burst; i++)
                    mailboxes[(round + writer) % Mailboxes].Post(((round + writer) % Mailboxes, writer, (round * Burst) + i), null);
            }
        })));
        var readers = new MailboxReader[Mailboxes];
        var last = new int[Mailboxes, Writers];
        for (var read = 0; read < Writers * Rounds * Burst;)
        {
            var found = false;
            for (var at = 0; at < Mailboxes; at++)
            {
                for (var n = 0; n < 1_000 && readers[at].TryRead(mailboxes[at], out var message, out _); n++, read++)
                {
                    var (meant, writer, number) = ((int, int, int))message;
                    Assert.Equal(at, meant);
                    Assert.True(number >= last[at, writer], $"{number} came after {last[at, writer]}");
                    last[at, writer] = number + 1;
                    found = true;
                }
            }

            if (!found)
                await Task.Yield();
        }

        await writing;
        for (var at = 0; at < Mailboxes; at++)
            Assert.Empty(Drain(mailboxes[at], ref readers[at]));
    }

    [Fact]
    public void Counts_WhatWaits()
    {
        var mailbox = NewMailbox();
        var reader = default(MailboxReader);
        for (var i = 0; i < 100; i++)
            mailbox.Post(i, null);
        for (var i = 0; i < 30; i++)
            Assert.True(reader.TryRead(mailbox, out _, out _));
        Assert.Equal(70, reader.Count(mailbox));
    }

    private static void Pass(Mailbox mailbox, ref MailboxReader reader, object message, int count)
    {
        for (var i = 0; i < count; i++)
        {
            mailbox.Post(message, null);
            if (i % 5 == 0)
                mailbox.Post(message, null);
            while (reader.TryRead(mailbox, out _, out _))
            {
            }
        }
    }

    private static void Inundate(Mailbox mailbox, ref MailboxReader reader, object message, int count)
    {
        for (var i = 0; i < count; i++)
            mailbox.Post(message, null);
        for (var i = 0; i < count; i++)
            Assert.True(reader.TryRead(mailbox, out _, out _));
    }

    private static List<object> Drain(Mailbox mailbox, ref MailboxReader reader)
    {
        var found = new List<object>();
        while (reader.TryRead(mailbox, out var message, out _))
            found.Add(message);
        return found;
    }

    /// <summary>Never started, so no dispatcher takes it. The pool's time stands still.</summary>
    private Mailbox NewMailbox() => new LocalActorRef(System, Props.Empty, dispatcher, System.Root, "never-started", -1).Cell.Mailbox;
}
