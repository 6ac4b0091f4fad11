using TeleCube.Kernel.Persistence;

namespace TeleCube.Kernel.Tests.Persistence;

public sealed class EventIdsTests
{
    [Fact]
    public void The_same_attempt_has_the_same_ids() =>
        Assert.Equal(EventIds.Of("call/acme/1", 7, 3, 99), EventIds.Of("call/acme/1", 7, 3, 99));

    [Fact]
    public void Every_part_makes_another_id()
    {
        Guid[] ids =
        [
            EventIds.Of("call/acme/1", 7, 3, 99),
            EventIds.Of("call/acme/2", 7, 3, 99),
            EventIds.Of("call/acme/1", 8, 3, 99),
            EventIds.Of("call/acme/1", 7, 4, 99),
            EventIds.Of("call/acme/1", 7, 3, 98),
        ];

        Assert.Equal(ids.Length, ids.Distinct().Count());
    }

    [Fact] // RFC 9562 §5.8
    public void It_is_a_uuid_of_version_8()
    {
        var id = EventIds.Of("call/acme/1", 7, 3, 99);

        Assert.Equal(8, id.Version);
        Assert.InRange(id.Variant, 0x8, 0xB);
    }
}
