//! The index of texts, by tantivy.

use std::cmp::Reverse;
use std::io;
use std::path::Path;
use std::sync::Arc;

use tantivy::collector::TopDocs;
use tantivy::directory::error::{DeleteError, LockError, OpenReadError, OpenWriteError};
use tantivy::directory::{
    Directory, DirectoryLock, FileHandle, Lock, MmapDirectory, WatchCallback, WatchHandle, WritePtr,
};
use tantivy::indexer::NoMergePolicy;
use tantivy::query::{BooleanQuery, ConstScoreQuery, Occur, PhrasePrefixQuery, PhraseQuery, Query, TermQuery};
use tantivy::schema::{FAST, Field, INDEXED, IndexRecordOption, Schema, TextFieldIndexing, TextOptions};
use tantivy::tokenizer::{Token, TokenStream, Tokenizer};
use tantivy::{
    Index, IndexReader, IndexSettings, IndexWriter, ReloadPolicy, SegmentReader, TantivyDocument, TantivyError, Term,
};

use super::wanted::{Phrase, Wanted};
use super::{TextError, words};

/// Memory for texts on their way to disk.
const MEMORY: usize = 128 << 20;
/// Words that one beginning at the end of a phrase may stand for: each of them is read at once.
const MOST_ENDS: u32 = 1000;
/// Names of the fields; the first is that of the tokenizer, too.
const TEXT: &str = "text";
const NUMBER: &str = "number";
const PROPERTY: &str = "property";

impl From<TantivyError> for TextError {
    fn from(error: TantivyError) -> Self {
        Self::Broken(error.to_string())
    }
}

/// The fields of a text.
#[derive(Clone, Copy)]
struct Fields {
    /// Its words with their places.
    text: Field,
    /// Its number in the graph.
    number: Field,
    /// What it is a text of.
    property: Field,
}

fn schema() -> (Schema, Fields) {
    let mut schema = Schema::builder();
    let positions = IndexRecordOption::WithFreqsAndPositions;
    let indexing = TextFieldIndexing::default().set_tokenizer(TEXT).set_index_option(positions);
    let text = schema.add_text_field(TEXT, TextOptions::default().set_indexing_options(indexing));
    let number = schema.add_u64_field(NUMBER, FAST);
    let property = schema.add_u64_field(PROPERTY, INDEXED);
    (schema.build(), Fields { text, number, property })
}

pub(super) struct Writer {
    writer: IndexWriter,
    fields: Fields,
}

impl Writer {
    /// One thread indexes, and segments stay as they were written: the same texts make the same index.
    pub(super) fn create(folder: &Path) -> Result<Self, TextError> {
        std::fs::create_dir_all(folder).map_err(|error| TextError::Broken(error.to_string()))?;
        let (schema, fields) = schema();
        let index = Index::create(Unlocked::open(folder)?, schema, IndexSettings::default())?;
        index.tokenizers().register(TEXT, Words);
        let writer = index.writer_with_num_threads(1, MEMORY)?;
        writer.set_merge_policy(Box::new(NoMergePolicy));
        Ok(Self { writer, fields })
    }

    pub(super) fn add(
        &mut self,
        number: u32,
        text: &str,
        properties: impl Iterator<Item = u8>,
    ) -> Result<(), TextError> {
        let mut document = TantivyDocument::default();
        document.add_text(self.fields.text, text);
        document.add_u64(self.fields.number, number.into());
        for property in properties {
            document.add_u64(self.fields.property, property.into());
        }
        self.writer.add_document(document)?;
        Ok(())
    }

    pub(super) fn finish(mut self) -> Result<(), TextError> {
        self.writer.commit()?;
        Ok(self.writer.wait_merging_threads()?)
    }
}

pub(super) struct Searcher {
    reader: IndexReader,
    fields: Fields,
}

impl Searcher {
    pub(super) fn open(folder: &Path) -> Result<Self, TextError> {
        if !folder.is_dir() {
            return Err(TextError::Absent);
        }
        let index = Index::open(Unlocked::open(folder)?)?;
        let (schema, fields) = schema();
        if index.schema() != schema {
            return Err(TextError::Broken("it is that of another version".into()));
        }
        let damaged = index.validate_checksum()?;
        if let Some(file) = damaged.iter().min() {
            return Err(TextError::Broken(format!("{} is damaged", file.display())));
        }
        index.tokenizers().register(TEXT, Words);
        let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        Ok(Self { reader, fields })
    }

    /// Scores in thousandths and numbers of the texts that fit best; of those with the same score the
    /// first in the graph.
    pub(super) fn search(
        &self,
        wanted: &Wanted,
        property: Option<usize>,
        limit: usize,
    ) -> Result<Vec<(u32, u32)>, TextError> {
        let mut clauses: Vec<(Occur, Box<dyn Query>)> = Vec::new();
        for (occur, phrases) in [(Occur::Must, &wanted.with), (Occur::MustNot, &wanted.without)] {
            for phrase in phrases {
                clauses.push((occur, self.query(phrase)?));
            }
        }
        if let Some(property) = property {
            let term = Term::from_field_u64(self.fields.property, property as u64);
            let query = Box::new(TermQuery::new(term, IndexRecordOption::Basic));
            clauses.push((Occur::Must, Box::new(ConstScoreQuery::new(query, 0.0))));
        }
        let best = TopDocs::with_limit(limit).tweak_score(|segment: &SegmentReader| {
            let numbers = segment.fast_fields().u64(NUMBER).ok().map(|column| column.first_or_default_col(0));
            move |text, score: f32| {
                let number = numbers.as_ref().map_or(u64::MAX, |numbers| numbers.get_val(text));
                ((score * 1000.0).round() as u32, Reverse(number))
            }
        });
        let found = self.reader.searcher().search(&BooleanQuery::new(clauses), &best)?;
        let number = |number| u32::try_from(number).map_err(|_| TextError::Broken("a text has no number".into()));
        found.into_iter().map(|((score, Reverse(text)), _)| Ok((score, number(text)?))).collect()
    }

    fn query(&self, phrase: &Phrase) -> Result<Box<dyn Query>, TextError> {
        let mut terms: Vec<Term> =
            phrase.words.iter().map(|word| Term::from_field_text(self.fields.text, word)).collect();
        if phrase.open {
            let alone = terms.len() == 1;
            if let Some(last) = phrase.words.last().filter(|_| !alone) {
                self.few_begin(last)?;
            }
            let mut query = PhrasePrefixQuery::new(terms);
            // In a phrase, so much room is made beforehand; for a word alone it is a limit and nothing else.
            query.set_max_expansions(if alone { u32::MAX } else { MOST_ENDS });
            return Ok(Box::new(query));
        }
        Ok(match terms.len() {
            1 => Box::new(TermQuery::new(terms.remove(0), IndexRecordOption::WithFreqs)),
            _ => Box::new(PhraseQuery::new(terms)),
        })
    }

    /// What is beyond the limit would be left out without a word.
    fn few_begin(&self, beginning: &str) -> Result<(), TextError> {
        for segment in self.reader.searcher().segment_readers() {
            let words = segment.inverted_index(self.fields.text)?;
            let mut stream = words.terms().range().ge(beginning).into_stream().map_err(TantivyError::from)?;
            let mut count = 0;
            while stream.advance() && stream.key().starts_with(beginning.as_bytes()) {
                count += 1;
                if count > MOST_ENDS {
                    let message = format!(
                        "more than {MOST_ENDS} words begin with \"{beginning}\"; in a phrase give more letters before \"*\""
                    );
                    return Err(TextError::Wanted(message));
                }
            }
        }
        Ok(())
    }
}

/// A folder without the locks of tantivy: the draft that an index is made in has one of its own, and what
/// is in use is never written to, so that it may lie where nobody can write.
#[derive(Debug, Clone)]
struct Unlocked(MmapDirectory);

impl Unlocked {
    fn open(folder: &Path) -> Result<Self, TextError> {
        MmapDirectory::open(folder).map(Self).map_err(|error| TextError::Broken(error.to_string()))
    }
}

impl Directory for Unlocked {
    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        self.0.get_file_handle(path)
    }

    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        self.0.delete(path)
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        self.0.exists(path)
    }

    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        self.0.open_write(path)
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        self.0.atomic_read(path)
    }

    fn atomic_write(&self, path: &Path, data: &[u8]) -> io::Result<()> {
        self.0.atomic_write(path, data)
    }

    fn sync_directory(&self) -> io::Result<()> {
        self.0.sync_directory()
    }

    fn acquire_lock(&self, _: &Lock) -> Result<DirectoryLock, LockError> {
        Ok(DirectoryLock::from(Box::new(())))
    }

    fn watch(&self, callback: WatchCallback) -> tantivy::Result<WatchHandle> {
        self.0.watch(callback)
    }
}

/// [`words`] as tantivy takes them.
#[derive(Clone)]
struct Words;

struct Stream<'a> {
    text: &'a str,
    at: usize,
    token: Token,
}

impl Tokenizer for Words {
    type TokenStream<'a> = Stream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Stream<'a> {
        Stream { text, at: 0, token: Token::default() }
    }
}

impl TokenStream for Stream<'_> {
    fn advance(&mut self) -> bool {
        let Some(place) = words::next(self.text, &mut self.at, &mut self.token.text) else { return false };
        self.token.position = self.token.position.wrapping_add(1);
        (self.token.offset_from, self.token.offset_to) = (place.start, place.end);
        true
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}
