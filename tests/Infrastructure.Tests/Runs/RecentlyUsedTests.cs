using CsCheck;
using SparsePipeline.Infrastructure.Runs;

namespace SparsePipeline.Infrastructure.Tests.Runs;

public sealed class RecentlyUsedTests
{
    [Fact]
    public void What_was_not_used_for_longest_goes_first()
    {
        var cache = new RecentlyUsed<string, int>(capacity: 2);
        cache.Set("a", 1);
        cache.Set("b", 2);
        cache.TryGet("a", out _).ShouldBeTrue();

        cache.Set("c", 3);

        cache.TryGet("b", out _).ShouldBeFalse();
        cache.TryGet("a", out var kept).ShouldBeTrue();
        kept.ShouldBe(1);
    }

    [Fact]
    public void It_holds_the_latest_values_and_never_more_than_its_capacity() =>
        Gen.Select(Gen.Int[0, 9], Gen.Int[0, 2]).Array[0, 200].Sample(operations =>
        {
            const int Capacity = 4;
            var cache = new RecentlyUsed<int, int>(Capacity);
            var model = new List<(int Key, int Value)>();
            for (var i = 0; i < operations.Length; i++)
            {
                var (key, operation) = operations[i];
                var found = model.FindIndex(e => e.Key == key);
                switch (operation)
                {
                    case 0:
                        cache.Set(key, i);
                        if (found >= 0)
                            model.RemoveAt(found);
                        else if (model.Count == Capacity)
                            model.RemoveAt(0);
                        model.Add((key, i));
                        break;
                    case 1:
                        cache.TryGet(key, out var value).ShouldBe(found >= 0);
                        if (found < 0)
                            break;
                        value.ShouldBe(model[found].Value);
                        model.Add(model[found]);
                        model.RemoveAt(found);
                        break;
                    default:
                        cache.Remove(key);
                        model.RemoveAll(e => e.Key == key);
                        break;
                }
                cache.Count.ShouldBe(model.Count);
            }
        });
}
