using SparsePipeline.TestKit;

namespace SparsePipeline.Learning.Tests.Data.Corruption;

public sealed class CorruptionSheetTests
{
    [Fact]
    public void The_picture_of_the_corruptions_is_up_to_date()
    {
        var (stored, expected) = GeneratedFile.Compare("docs/images/corruptions.svg", CorruptionSheet.Draw(Samples.Digits.Select([0])));

        (stored == expected).ShouldBeTrue("make docs writes it again");
    }
}
