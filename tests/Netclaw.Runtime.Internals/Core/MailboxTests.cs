using Akka.Actor;
using Akka.Dispatch;

namespace Netclaw.Runtime.Internals.Core;

/// <summary>The queue of a mailbox, written by many and read by the test in place of the actor.</summary>
public sealed class MailboxTests : CoreSystem
{
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

    /// <summary>Never started, so no dispatcher takes it.</summary>
    private Mailbox NewMailbox() =>
        new LocalActorRef(System, Props.Empty, System.Dispatchers.DefaultGlobalDispatcher, System.Root, "never-started", -1).Cell.Mailbox;
}
