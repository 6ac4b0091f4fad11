using TeleCube.Sip.Auth;
using TeleCube.Sip.Transactions;
using TeleCube.Tests.Support;

namespace TeleCube.Sip.Tests.Auth;

/// <summary>Nonces without memory, counts with a small one.</summary>
public sealed class NonceTests
{
    static readonly NonceKey _old = new(1, "the first key of the cluster....."u8.ToArray());
    static readonly NonceKey _new = new(2, "the second key of the cluster...."u8.ToArray());
    readonly ManualClock _clock = new();

    [Fact]
    public void Any_node_with_the_key_reads_what_another_issued()
    {
        var nonce = Mint(new(_old)).Issue("tenant.example");
        Assert.True(Mint(new(_new, _old)).TryRead(nonce, "tenant.example", "", out var issuedAt));
        Assert.Equal(_clock.GetUtcNow(), issuedAt);
    }

    [Fact]
    public void A_nonce_is_good_for_one_realm_and_one_key()
    {
        var nonce = Mint(new(_old)).Issue("tenant.example");
        Assert.False(Mint(new(_old)).TryRead(nonce, "other.example", "", out _));
        Assert.False(Mint(new(_new)).TryRead(nonce, "tenant.example", "", out _));
        Assert.False(Mint(new(_new with { Epoch = 1 })).TryRead(nonce, "tenant.example", "", out _));
    }

    [Fact]
    public void No_character_of_a_nonce_can_be_changed()
    {
        var mint = Mint(new(_old));
        var nonce = mint.Issue("r");
        for (var i = 0; i < nonce.Length; i++)
        {
            var forged = nonce[..i] + (nonce[i] == 'A' ? 'B' : 'A') + nonce[(i + 1)..];
            // The last character has bits without meaning; that is harmless, since the response covers the nonce as text.
            if (i < nonce.Length - 1) Assert.False(mint.TryRead(forged, "r", "", out _), forged);
        }
        Assert.False(mint.TryRead("", "r", "", out _));
        Assert.False(mint.TryRead(nonce + "A", "r", "", out _));
        Assert.False(mint.TryRead(new string('!', nonce.Length), "r", "", out _));
    }

    [Fact]
    public void What_one_company_was_given_is_worth_nothing_for_another()
    {
        var nonce = Mint(new(_old)).Issue("r", "firma-a");
        Assert.True(Mint(new(_old)).TryRead(nonce, "r", "firma-a", out _));
        Assert.False(Mint(new(_old)).TryRead(nonce, "r", "firma-b", out _));
        Assert.False(Mint(new(_old)).TryRead(nonce, "r", "", out _));
        Assert.False(Mint(new(_old)).TryRead(nonce, "r\0firma-a", "", out _), "the names must not run together");
    }

    [Fact]
    public void Two_nonces_of_one_moment_differ() => Assert.NotEqual(Mint(new(_old)).Issue("r"), Mint(new(_old)).Issue("r"));

    [Fact]
    public void A_count_is_good_once_and_may_be_overtaken()
    {
        var window = new NonceWindow();
        Assert.True(window.TryUse(1));
        Assert.False(window.TryUse(1));
        Assert.True(window.TryUse(3));
        Assert.True(window.TryUse(2));
        Assert.False(window.TryUse(2));
        Assert.True(window.TryUse(1000));
        Assert.False(window.TryUse(3));   // too far behind to tell
        Assert.True(window.TryUse(937));  // 63 behind
        Assert.False(window.TryUse(936));
        Assert.False(window.TryUse(0));
        Assert.True(window.TryUse(uint.MaxValue));
    }

    [Fact]
    public void What_was_issued_before_the_memory_began_is_forgotten_not_trusted()
    {
        var counters = new NonceCounters(_clock.GetUtcNow());
        Assert.Equal(NonceUse.Forgotten, counters.Use("old", _clock.GetUtcNow().AddSeconds(-1), 1));
        Assert.Equal(NonceUse.Fresh, counters.Use("new", _clock.GetUtcNow(), 1));
        Assert.Equal(NonceUse.Replayed, counters.Use("new", _clock.GetUtcNow(), 1));
    }

    [Fact]
    public void A_nonce_forgotten_for_want_of_room_cannot_be_used_again()
    {
        var counters = new NonceCounters(_clock.GetUtcNow(), most: 2);
        for (var i = 0; i < 3; i++) Assert.Equal(NonceUse.Fresh, counters.Use($"n{i}", _clock.GetUtcNow().AddSeconds(i), 1));
        Assert.Equal(NonceUse.Forgotten, counters.Use("n0", _clock.GetUtcNow(), 1));
        Assert.Equal(NonceUse.Replayed, counters.Use("n1", _clock.GetUtcNow().AddSeconds(1), 1));
    }

    NonceMint Mint(NonceKeys keys) => new(keys, new SystemRandomSource(), _clock);
}
