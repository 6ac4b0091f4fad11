using TeleCube.Kernel.Persistence;

namespace TeleCube.Actors.Text;

/// <summary>A blob's name is its text in JSON.</summary>
public sealed class BlobNameJsonConverter : TextJsonConverter<BlobName>
{
    protected override bool TryParse(string text, out BlobName value) => BlobName.TryParse(text, out value);

    protected override string Print(BlobName value) => value.Value;
}
