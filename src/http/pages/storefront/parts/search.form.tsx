// The search form: text, picture and their balance.
import { useRef, useState } from 'preact/hooks';
import type { JSX, TargetedEvent } from 'preact';
import { search, showFile, showPhoto } from '../state/actions.js';
import { hasBoth, photo, searchText } from '../state/request.js';
import { language, texts } from '../words/language.js';
import { BalanceSlider } from './balance.slider.js';
import { Icon } from '../../shared/icon.js';

const PICTURES = 'image/*';

export function SearchForm(): JSX.Element {
  const field = useRef<HTMLInputElement>(null);
  const submit = (event: Event): void => {
    event.preventDefault();
    search(field.current!.value);
  };
  return (
    <section class="ask" aria-labelledby="ask-title">
      <h1 id="ask-title">{texts.value.title}</h1>
      <p class="hint">{texts.value.intro}</p>
      <form role="search" onSubmit={submit}>
        <div class="ask-bar">
          <input
            ref={field}
            id="words"
            type="search"
            maxLength={1000}
            autocomplete="off"
            enterkeyhint="search"
            aria-label={texts.value.textLabel}
            placeholder={texts.value.textPlaceholder}
            value={searchText.value}
          />
          <PhotoButtons />
          <button class="primary">{texts.value.search}</button>
        </div>
        {photo.value && <ChosenPhoto />}
        {hasBoth.value && <BalanceSlider />}
      </form>
      <Suggestions />
    </section>
  );
}

function PhotoButtons(): JSX.Element {
  const [isUnreadable, setUnreadable] = useState(false);
  const choose = async (event: TargetedEvent<HTMLInputElement>): Promise<void> => {
    const input = event.currentTarget;
    const file = input.files?.[0];
    if (file) setUnreadable(!(await showFile(file)));
    // lets the shopper choose the same file again after removing it
    input.value = '';
  };
  return (
    <>
      <input class="unseen" id="photo" type="file" accept={PICTURES} onChange={(event) => void choose(event)} />
      <label class="quiet-button" for="photo">
        <Icon name="picture" />
        <span>{texts.value.photo}</span>
      </label>
      <input
        class="unseen for-touch"
        id="camera"
        type="file"
        accept={PICTURES}
        capture="environment"
        onChange={(event) => void choose(event)}
      />
      <label class="quiet-button for-touch" for="camera">
        <Icon name="camera" />
        <span class="unseen">{texts.value.camera}</span>
      </label>
      {isUnreadable && (
        <p class="field-note" role="alert">
          {texts.value.photoUnreadable}
        </p>
      )}
    </>
  );
}

function ChosenPhoto(): JSX.Element {
  const { src, title } = photo.value!;
  return (
    <div class="chosen-photo">
      <img src={src} alt="" width="48" height="64" />
      <span>
        {texts.value.similarTo} <b>{title ?? texts.value.yourPhoto}</b>
      </span>
      <button type="button" class="text-button" onClick={() => showPhoto(null)}>
        {texts.value.removePhoto}
      </button>
    </div>
  );
}

function Suggestions(): JSX.Element {
  return (
    <ul class="suggestions" aria-label={texts.value.suggestionsLabel} key={language.value}>
      {texts.value.suggestions.map((text) => (
        <li key={text}>
          <button type="button" class="chip" onClick={() => search(text)}>
            {text}
          </button>
        </li>
      ))}
    </ul>
  );
}
