using SparsePipeline.TestKit;

namespace SparsePipeline.Contracts.Tests;

public sealed class MessagesPageTests
{
    [Fact]
    public void The_page_of_messages_is_up_to_date()
    {
        var (stored, expected) = GeneratedFile.Compare("docs/messages.md", MessagesPage.Generate());

        stored.ShouldBe(expected, "make docs writes it again");
    }
}
