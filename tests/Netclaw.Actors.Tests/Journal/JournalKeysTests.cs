using System.Security.Cryptography;
using Netclaw.Actors.Devices;
using Netclaw.Actors.Journal;

namespace Netclaw.Actors.Tests.Journal;

public sealed class JournalKeysTests
{
    [Fact]
    public void Reads_AKeyFile_AndNothingElse()
    {
        Assert.True(JournalKeys.TryParse(Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)) + "\n", out _));
        Assert.False(JournalKeys.TryParse(Convert.ToBase64String(RandomNumberGenerator.GetBytes(31)), out _));
        Assert.False(JournalKeys.TryParse(Convert.ToBase64String(RandomNumberGenerator.GetBytes(33)), out _));
        Assert.False(JournalKeys.TryParse(Convert.ToBase64String(RandomNumberGenerator.GetBytes(64)), out _));
        Assert.False(JournalKeys.TryParse("not base64 at all", out _));
        Assert.False(JournalKeys.TryParse("", out _));
    }

    [Fact]
    public void Opens_WhatItSealed_AgainAndAgain()
    {
        var root = RandomNumberGenerator.GetBytes(32);
        var secret = "forty bits"u8.ToArray();
        var first = new JournalKeys(root).OpenSealer().Seal(secret, "pc_aaaa");
        var second = new JournalKeys(root).OpenSealer().Seal(secret, "pc_aaaa");

        Assert.NotEqual(first, second);
        Assert.True(new JournalKeys(root).OpenSealer().TryOpen(first, "pc_aaaa", out var opened));
        Assert.Equal(secret, opened);
    }

    [Fact]
    public void Opens_Nothing_SealedElsewhereOrChanged()
    {
        var sealer = JournalKeys.Generate().OpenSealer();
        var secret = sealer.Seal([1, 2, 3], "pc_aaaa");
        var changed = secret.Bytes.ToArray();
        changed[14] ^= 1;

        Assert.False(sealer.TryOpen(secret, "pc_bbbb", out _));
        Assert.False(JournalKeys.Generate().OpenSealer().TryOpen(secret, "pc_aaaa", out _));
        Assert.False(sealer.TryOpen(new SealedSecret(changed), "pc_aaaa", out _));
        Assert.False(sealer.TryOpen(new SealedSecret([1, 2]), "pc_aaaa", out var nothing));
        Assert.Empty(nothing);
    }

    [Fact]
    public void Prints_Nothing()
    {
        var keys = JournalKeys.Generate();

        Assert.Equal("***", keys.ToString());
        Assert.Equal("***", keys.OpenSealer().ToString());
        Assert.Equal("***", keys.OpenEnvelope().ToString());
    }
}
