using SparsePipeline.Contracts;

namespace SparsePipeline.Learning.Tests.Data.Csv;

/// <summary>Tables, folders and options that cannot be used, and what is said about them.</summary>
public sealed class CsvRefusalTests : IDisposable
{
    private readonly CsvFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("x,y\n1,a\n2,b\n3,a,4\n4,b\n", "has 3 fields on line 4, and 2 before.")]
    [InlineData("x,y\n1,a\n2,b\n3\n4,b\n", "has 1 fields on line 4, and 2 before.")]
    [InlineData("x,y\n1,a\nNaN,b\n", "has 'NaN' in column 'x' on line 3, which is no finite number.")]
    [InlineData("x,y\n1,a\n1e99,b\n", "has '1e99' in column 'x' on line 3, which is no finite number.")]
    [InlineData("x,y\n1,a\n,b\n", "has '' in column 'x' on line 3, which is no finite number.")]
    [InlineData("x,y\n1,a\nred,b\n", "has 'red' in column 'x' on line 3, which is no finite number.")]
    [InlineData("x,y\n1,a\n\"2,b\n", "cannot be read on line 3: Malformed CSV in record 3 (line 3): a quoted field that is never closed (byte offset 13).")]
    [InlineData("x,y\n1,a\n2,b\"c\"\n", "cannot be read on line 3: Malformed CSV in record 3 (line 3): a quote inside an unquoted field (byte offset 11).")]
    [InlineData("x,y\n1,\"a\"b\n", "cannot be read on line 2: Malformed CSV in record 2 (line 2): text after the closing quote of a quoted field (byte offset 9).")]
    [InlineData("x,y\n1,\"a\nb\"\n2,c\n3\n", "has 1 fields on line 5, and 2 before.")]
    [InlineData("x,y\n1,a\n-Infinity,b\n", "has '-Infinity' in column 'x' on line 3, which is no finite number.")]
    [InlineData("", "has no rows.")]
    [InlineData("\uFEFF\r\n \r\n", "has no rows.")]
    [InlineData("x,y\n", "has no rows.")]
    [InlineData("y\na\nb\n", "has one column, but a label needs numbers beside it.")]
    public void Damaged_tables_are_named_with_line_and_column(string table, string problem)
    {
        _folder.Write("train.csv", table);
        _folder.Write("test.csv", "x,y\n1,a\n");

        _folder.Reason(FailureCodes.CorruptArtifact).ShouldBe($"CSV file '{_folder.File("train.csv")}' {problem}");
    }

    /// <summary>One field without end, fields without end, and a quote that swallows the rest.</summary>
    [Theory]
    [InlineData("1", "")]
    [InlineData("1,", "")]
    [InlineData("1\n", "\"")]
    public void A_row_without_end_is_not_read_into_memory(string piece, string start)
    {
        _folder.Write("train.csv", "x,y\n" + start + string.Concat(Enumerable.Repeat(piece, (4 << 20) / piece.Length)));
        _folder.Write("test.csv", "x,y\n1,a\n");

        _folder.Reason(FailureCodes.CorruptArtifact).ShouldEndWith("cannot be read on line 2: Record 2 is longer than MaxRecordSize (1048576 bytes).");
    }

    [Fact]
    public void A_damaged_gzip_is_named()
    {
        _folder.Write("train.csv.gz", "x,y\n1,a\n2,b\n");
        _folder.Write("test.csv", "x,y\n1,a\n");

        _folder.Reason(FailureCodes.CorruptArtifact).ShouldStartWith($"CSV file '{_folder.File("train.csv.gz")}' is not valid gzip (");
    }

    [Fact]
    public void A_label_that_training_does_not_have_is_named()
    {
        _folder.Write("train.csv", "x,y\n1,a\n2,b\n3,a\n4,b\n");
        _folder.Write("test.csv", "x,y\n1,c\n");

        _folder.Reason(FailureCodes.CorruptArtifact).ShouldEndWith("has the label 'c', which no training row has.");
    }

    [Fact]
    public void A_label_without_end_is_told_in_a_few_words()
    {
        _folder.Write("train.csv", "x,y\n1,a\n2,b\n3,a\n4,b\n");
        _folder.Write("test.csv", $"x,y\n1,\"{new string('c', 100_000)}\"\n");

        _folder.Reason(FailureCodes.CorruptArtifact).ShouldEndWith($"has the label '{new string('c', 40)}…', which no training row has.");
    }

    [Fact]
    public void A_header_without_end_is_told_in_a_few_words()
    {
        _folder.Write("train.csv", $"{new string('x', 100_000)},y\n1,a\n2,b\n");
        _folder.Write("test.csv", $"{new string('x', 100_000)},y\n1,a\n");

        var failure = Should.Throw<DomainException>(() => _folder.Load(("label", "z"))).Failure;

        failure.Remedy.ShouldBe($"Use one of {new string('x', 40)}…, y, or a number, 1 to 2.");
    }

    [Fact]
    public void Files_with_other_columns_are_refused()
    {
        _folder.Write("train.csv", "x,y\n1,a\n2,b\n3,a\n4,b\n");
        _folder.Write("test.csv", "x,z,y\n1,2,a\n");

        _folder.Reason(FailureCodes.ShapeMismatch).ShouldBe($"CSV file '{_folder.File("test.csv")}' has a column 'z', which the training rows do not have.");
    }

    [Fact]
    public void Files_without_headers_and_with_more_columns_are_refused()
    {
        _folder.Write("train.csv", "1,a\n2,b\n3,a\n4,b\n");
        _folder.Write("test.csv", "1,2,a\n");

        _folder.Reason(FailureCodes.ShapeMismatch, ("header", false)).ShouldEndWith("has 2 columns of numbers, but the training rows have 1.");
    }

    /// <summary>Missing, extra, renamed, there twice, and a file whose header was forgotten: its first row names no columns.</summary>
    [Theory]
    [InlineData("y,x\na,1\n", "has no column 'z', which the training rows have.")]
    [InlineData("x,Z,y\n1,2,a\n", "has no column 'z', which the training rows have and has a column 'Z', which the training rows do not have.")]
    [InlineData("x,z,x,y\n1,2,1,a\n", "has the column 'x' twice.")]
    [InlineData("1,2,a\n3,4,b\n", "has no column 'x', 'z', 'y', which the training rows have and has a column '1', '2', 'a', which the training rows do not have.")]
    public void Columns_that_are_missing_extra_or_renamed_are_named(string test, string problem)
    {
        _folder.Write("train.csv", "x,z,y\n1,2,a\n2,3,b\n3,4,a\n4,5,b\n");
        _folder.Write("test.csv", test);

        _folder.Reason(FailureCodes.ShapeMismatch).ShouldBe($"CSV file '{_folder.File("test.csv")}' {problem}");
    }

    [Fact]
    public void A_file_of_one_class_and_one_of_too_many_are_refused()
    {
        _folder.Write("data.csv", CsvFolder.Rows(300, i => $"{i},{i}"));
        _folder.Reason(FailureCodes.InvalidOption, ("header", false), ("file", "data.csv")).ShouldContain("has 300 different values");
        _folder.Write("data.csv", CsvFolder.Rows(300, i => $"{i},7"));
        _folder.Reason(FailureCodes.InvalidOption, ("header", false), ("file", "data.csv")).ShouldContain("has 1 different values");
    }

    [Theory]
    [InlineData("label", "colour", "data.options.label is 'colour', but")]
    [InlineData("label", "3", "data.options.label is '3', but")]
    [InlineData("separator", ", ", "data.options.separator is ', '.")]
    [InlineData("separator", "\n", "data.options.separator is '\n'.")]
    [InlineData("separator", "\"", "data.options.separator is '\"'.")]
    [InlineData("separator", "¦", "data.options.separator is '¦'.")]
    public void Wrong_options_are_named(string option, string value, string reason)
    {
        _folder.Write("train.csv", "x,y\n1,a\n2,b\n");
        _folder.Write("test.csv", "x,y\n1,a\n");

        _folder.Reason(FailureCodes.InvalidOption, (option, value)).ShouldStartWith(reason);
    }

    [Fact]
    public void Missing_and_stray_files_are_named()
    {
        _folder.Write("train.csv", "x,y\n1,a\n2,b\n");
        _folder.Reason(FailureCodes.DataUnavailable).ShouldEndWith("has no test.csv.");
        _folder.Write("test.csv", "x,y\n1,a\n");
        _folder.Write("more.csv", "x,y\n1,a\n");
        _folder.Reason(FailureCodes.DataUnavailable).ShouldEndWith("more.csv' is for no split.");
    }
}
