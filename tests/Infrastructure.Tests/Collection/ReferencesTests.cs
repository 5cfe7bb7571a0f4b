using System.Text;
using SparsePipeline.Infrastructure.Collection;

namespace SparsePipeline.Infrastructure.Tests.Collection;

public class ReferencesTests
{
    private static readonly string One = new('1', 64);
    private static readonly string Two = new('a', 64);

    [Fact]
    public void A_digest_is_found_wherever_it_stands()
    {
        var references = Of($$"""{"outputs": {"mask": {"digest": "{{One}}", "sizeBytes": 3} }, "of": "sha256:{{Two}}"}""");

        references.Count.ShouldBe(2);
        references.Contains(One).ShouldBeTrue();
        references.Contains(Two).ShouldBeTrue();
    }

    [Fact]
    public void A_damaged_document_still_keeps_what_it_names() => Of($"{{\"resumePoint\":{{\"digest\":\"{One}").Contains(One).ShouldBeTrue();

    [Fact]
    public void Longer_and_shorter_runs_are_no_digests() => Of($"{One}1 {One[1..]} {new string('A', 64)}").Count.ShouldBe(0);

    private static References Of(string document)
    {
        var references = new References();
        references.AddFrom(Encoding.UTF8.GetBytes(document));
        return references;
    }
}
