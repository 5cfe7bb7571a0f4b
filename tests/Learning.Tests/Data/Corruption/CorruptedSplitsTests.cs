using SparsePipeline.Learning.Data;
using SparsePipeline.Learning.Data.Corruption;

namespace SparsePipeline.Learning.Tests.Data.Corruption;

public sealed class CorruptedSplitsTests
{
    private static readonly ICorruption Fog = Corruptions.Registry.Find("fog");
    private readonly Examples _split = new(new InputShape(1, 8, 8), [.. Enumerable.Range(0, 128).Select(i => (byte)i)], [0, 1]);

    [Fact]
    public void A_form_is_made_once_per_kind_and_severity()
    {
        var form = CorruptedSplits.Of(_split).Find(Fog, 2);

        CorruptedSplits.Of(_split).Find(Fog, 2).ShouldBeSameAs(form);
        CorruptedSplits.Of(_split).Find(Fog, 3).ShouldNotBeSameAs(form);
        form.Pixels(1).ToArray().ShouldBe(CorruptedSplit.Of(_split, Fog, 2).Pixels(1).ToArray());
    }

    [Fact]
    public void Forms_beyond_the_budget_are_made_anew()
    {
        var forms = new CorruptedSplits(_split, budget: 255);
        var first = forms.Find(Fog, 1);
        var second = forms.Find(Fog, 2);

        forms.Find(Fog, 1).ShouldBeSameAs(first);
        forms.Find(Fog, 2).ShouldNotBeSameAs(second);
    }
}
