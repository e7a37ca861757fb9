import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { cellsOf, type Header, headerOf, ownColumns } from '../../src/application/csv-columns.ts'

const test = suite('headers of other programs')

const known = (header: string, delimiter = ',') => headerOf(header.split(delimiter))

const headers: readonly [header: string, dialect: string | undefined, weight?: string, distance?: string][] =
  [
    ['Date,Workout Name,Duration,Exercise Name,Set Order,Weight,Reps,Distance,Seconds,Notes,RPE', 'strong'],
    [
      'Workout #,Date,Workout Name,Exercise Name,Set Order,Weight (lbs),Reps,Distance (meters)',
      'strong',
      'lb',
      'm',
    ],
    [
      'title,start_time,end_time,exercise_title,superset_id,set_type,weight_kg,distance_km',
      'hevy',
      'kg',
      'km',
    ],
    ['title,start_time,end_time,exercise_title,set_type,weight_lbs,distance_miles', 'hevy', 'lb', 'mi'],
    ['Date,Exercise,Category,Weight (kgs),Reps,Distance,Distance Unit,Time,Comment', 'fitnotes', 'kg'],
    ['Datum,Name des Workouts,Dauer,Name der Übung,Satz,Gewicht,Wiederholungen', 'strong'],
    ['Data,Nome do Treino,Duração,Nome do Exercício,Ordem da Série,Peso,Repetições', 'strong'],
    ['Date,Nom du workout,Nom de l’exercice,Ordre des séries,Poids (kg)', 'strong', 'kg'],
    ['日期,训练名称,练习名称,组序,重量,次数', 'strong'],
    ['dato,treningsnavn,varighet,øvelse,Set Order,vekt,Reps,avstand,sek,notater,merknader,rang', undefined],
    ['Date,naam,duur,oefening,nummer,gewicht,Reps,afstand,Seconds,notities,opmerkingen,RPE', 'strong'],
    [ownColumns.join(','), 'repledger'],
    ['Date,Weight,Unit', undefined],
    ['Date,Exercise,Weight', undefined],
  ]

for (const [header, dialect, weight, distance] of headers) {
  test(`"${header.slice(0, 40)}.." is of ${dialect ?? 'no program that is known'}`, () => {
    const found = known(header)
    assert.equal([found?.dialect, found?.weightUnit, found?.distanceUnit], [dialect, weight, distance])
  })
}

const fitnotes = known('Date,Exercise,Category,Weight,Weight Unit,Reps,Distance,Distance Unit,Time') as Header
const commented = known(
  'Date,Exercise,Category,Weight,Weight Unit,Reps,Distance,Distance Unit,Time,Comment',
) as Header
const cells = (header: Header, row: string) => cellsOf(header, row.split(','))

test('a comma in a name makes no other cells of it', () => {
  const row = '2025-04-29,Press (Each Side, Dumbbells, Slow),Chest,7.5,kgs,20,,,'
  assert.equal(cells(fitnotes, row)?.slice(1, 4), ['Press (Each Side, Dumbbells, Slow)', 'Chest', '7.5'])
  assert.equal(cells(fitnotes, '2025-04-29,Bench Press,Chest,60,kgs,8,,,,')?.[1], 'Bench Press')
  assert.is(cells(fitnotes, '2025-04-29,Bench Press,Chest,x,kgs,8,,,,x'), undefined)
})

test('a comma in a comment makes no other cells of it either', () => {
  const row = '2025-04-29,Curl, Slow,Biceps,10,kgs,8,,,,easy, with a pause'
  const [, name, , weight, , , , , , comment] = cells(commented, row) ?? []
  assert.equal([name, weight, comment], ['Curl, Slow', '10', 'easy, with a pause'])
})

test('cells beyond the header are one too many, unless they are blank', () => {
  const strong = known('Date,Workout Name,Exercise Name,Set Order') as Header
  assert.is(cells(strong, '2025-04-29,Push,Press,1,2'), undefined)
  assert.is(cells(strong, '2025-04-29,Push,Press,1,')?.length, 5)
  assert.is(cells(strong, '2025-04-29,Push')?.length, 2)
})

test.run()
