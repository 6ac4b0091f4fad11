using TeleCube.Load.Sipp;

namespace TeleCube.Load.Tests;

/// <summary>SIPp's statistics as version 3.6 writes them: a closing semicolon, moments with tabs, a last row that may be half written.</summary>
public sealed class SippTableTests : IDisposable
{
    readonly string _path = Path.GetTempFileName();

    [Fact]
    public void Reads_the_last_whole_row()
    {
        var table = Write("CurrentTime;FailedCall(C);ResponseTime1(C);", "a\tb\t100.5;1;00:00:00:027500;", "a\tb\t102.5;3;00:01:02:003500;", "a\tb\t10");
        Assert.Equal(2, table.Rows);
        Assert.Equal(3, table.Last("FailedCall(C)"));
        Assert.Equal(62_003.5, table.LastMilliseconds("ResponseTime1(C)"));
        Assert.Equal(2, table.Seconds(1));
    }

    [Fact]
    public void Sums_a_kind_of_message_over_the_scenario()
    {
        var table = Write("CurrentTime;0_INVITE_Retrans;7_200_Recv;14_200_Recv;19_200_Recv;19_200_Retrans;", "a\tb\t1;2;30;10;39;1;");
        Assert.Equal(3, table.Sum(0, "_Retrans"));
        Assert.Equal(79, table.Sum(0, "_200_Recv"));
        Assert.Equal(39, table.LastOf("_200_Recv"));
    }

    [Fact]
    public void A_column_that_is_not_there_is_zero() => Assert.Equal(0, Write("CurrentTime;", "a\tb\t1;").Last("FailedCall(C)"));

    public void Dispose() => File.Delete(_path);

    SippTable Write(params string[] lines)
    {
        File.WriteAllText(_path, string.Join('\n', lines));
        return SippTable.Read(_path);
    }
}
