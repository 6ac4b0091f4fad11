namespace TeleCube.Actors.Numbers;

/// <summary>Hides the middle of a number in logs; short and emergency numbers name nobody and stay as they are.</summary>
public static class NumberMask
{
    const int Head = 3;
    const int Tail = 3;

    public static string Of(string number) => number.Length <= 6
        ? number
        : string.Concat(number.AsSpan(0, Head), new string('*', number.Length - Head - Tail), number.AsSpan(number.Length - Tail));
}
